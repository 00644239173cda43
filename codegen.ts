/** How the types of the GraphQL documents are made: see scripts/codegen.ts, which runs this. */
import type { CodegenConfig } from '@graphql-codegen/cli';

export const GENERATED_FILE = 'nodes/ShopifyReturns/api/generated.ts';
export const DOCUMENTS = 'nodes/ShopifyReturns/**/*.graphql';

/** @param introspectionFile the Admin schema's introspection result as a JSON file */
export function codegenConfig(introspectionFile: string): CodegenConfig {
	return {
		schema: introspectionFile,
		documents: DOCUMENTS,
		silent: true,
		errorsOnly: true,
		generates: {
			[GENERATED_FILE]: {
				plugins: ['typescript-operations', 'typed-document-node'],
				config: {
					documentMode: 'string',
					enumType: 'string-literal',
					skipTypename: true,
					disableDescriptions: true,
					useTypeImports: true,
					dedupeFragments: true,
					strictScalars: true,
					defaultScalarType: 'unknown',
					inputMaybeValue: 'T | null | undefined',
					scalars: {
						ARN: 'string',
						BigInt: 'string',
						Color: 'string',
						Date: 'string',
						DateTime: 'string',
						Decimal: 'string',
						FormattedString: 'string',
						HTML: 'string',
						ID: 'string',
						JSON: 'unknown',
						Money: 'string',
						StorefrontID: 'string',
						URL: 'string',
						UnsignedInt64: 'string',
						UtcOffset: 'string',
					},
				},
			},
		},
	};
}
