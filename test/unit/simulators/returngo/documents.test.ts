import { NoDeprecatedCustomRule, parse, specifiedRules, validate } from 'graphql';

import { ADMIN_VERSIONS, loadAdminSchema } from '../../../../scripts/shopify-schema';
import { DOCUMENTS } from '../../../../simulators/returngo/shopify';

describe('what ReturnGO\'s app asks of Shopify', () => {
	it.each([...ADMIN_VERSIONS])('is valid in version %s and uses nothing deprecated', async (version) => {
		const { schema } = await loadAdminSchema(version);
		const complaints = Object.entries(DOCUMENTS).flatMap(([name, text]) => validate(schema, parse(text), [...specifiedRules, NoDeprecatedCustomRule]).map(({ message }) => `${name}: ${message}`));
		expect(complaints).toEqual([]);
	});
});
