/** Presses the *Test* button of a credential that declares a `test` request: n8n's own routing engine sends it, then its rules are read as n8n's credential tester reads them. */
import './environment';
import { ExecuteContext, RoutingNode } from 'n8n-core';
import type { ICredentialDataDecryptedObject, ICredentialType, INodeCredentialTestResult, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { createRunExecutionData } from 'n8n-workflow';
import get from 'lodash/get';
import { executeDataOf, prepareNode } from './workflow';

export async function testCredential(type: ICredentialType, data: ICredentialDataDecryptedObject): Promise<INodeCredentialTestResult> {
	const { test } = type;
	if (test === undefined) throw new Error(`Credential "${type.name}" declares no test request`);
	class TestRequestNode implements INodeType {
		description: INodeTypeDescription = {
			displayName: 'Credential Test',
			name: 'credentialTest',
			group: ['input'],
			version: 1,
			description: '',
			defaults: { name: 'Credential Test' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: type.name, required: true }],
			properties: [{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request: test?.request } }],
		};
	}
	const prepared = prepareNode({ node: TestRequestNode, credentialTypes: [type], credentials: { [type.name]: data }, parameters: { temp: '' }, mode: 'internal' });
	const input = [{ json: {} }];
	const context = new ExecuteContext(
		prepared.workflow,
		prepared.node,
		prepared.additionalData,
		prepared.mode,
		createRunExecutionData(),
		0,
		input,
		{ main: [input] },
		executeDataOf(prepared, [input]),
		[],
	);
	let body: unknown;
	try {
		const decrypted = await prepared.credentialsHelper.getDecrypted(prepared.additionalData, { id: null, name: type.name }, type.name);
		const output = await new RoutingNode(context, prepared.nodeType, { id: 'test', name: type.name, type: type.name, data: decrypted }).runNode();
		body = output?.[0]?.[0]?.json;
	} catch (error) {
		return verdictOf(type, error as TestFailure);
	}
	for (const rule of test.rules ?? []) {
		if (rule.type === 'responseSuccessBody' && get(body, rule.properties.key) === rule.properties.value) {
			return { status: 'Error', message: rule.properties.message };
		}
	}
	return { status: 'OK', message: 'Connection successful!' };
}

interface TestFailure extends Error {
	cause?: { code?: string; response?: { status?: number; statusText?: string } };
}

function verdictOf(type: ICredentialType, failure: TestFailure): INodeCredentialTestResult {
	const status = failure.cause?.response?.status;
	if (status !== undefined) {
		const rule = type.test?.rules?.find((candidate) => candidate.type === 'responseCode' && candidate.properties.value === status);
		return { status: 'Error', message: rule?.properties.message ?? failure.cause?.response?.statusText ?? `Received HTTP status code: ${status}` };
	}
	return { status: 'Error', message: failure.cause?.code ?? failure.message };
}
