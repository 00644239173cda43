import { withSettings } from '../../../scripts/host/templates';
import type { WorkflowFile } from '../../../scripts/host/rest';

function workflow(): WorkflowFile {
	return {
		name: 'Restock after inspection',
		connections: {},
		nodes: [
			{
				id: '1',
				name: 'Settings',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				position: [0, 0],
				parameters: {
					mode: 'manual',
					assignments: {
						assignments: [
							{ id: 'a', name: 'refundedBy', value: 'workflow', type: 'string' },
							{ id: 'b', name: 'maximum', value: 500, type: 'number' },
						],
					},
				},
			},
		],
	};
}

describe('values of the node Settings', () => {
	it('changes the named value, keeps the others, and leaves the shipped workflow as it was', () => {
		const shipped = workflow();
		const changed = withSettings(shipped, { refundedBy: 'returngo' });
		expect(changed.nodes[0]?.parameters.assignments).toEqual({
			assignments: [
				{ id: 'a', name: 'refundedBy', value: 'returngo', type: 'string' },
				{ id: 'b', name: 'maximum', value: 500, type: 'number' },
			],
		});
		expect(changed.nodes[0]?.parameters.mode).toBe('manual');
		expect(shipped).toEqual(workflow());
	});

	it('refuses a setting that the template does not have, and names those it has', () => {
		expect(() => withSettings(workflow(), { refundBy: 'returngo' })).toThrow('has no setting refundBy; it has refundedBy, maximum');
	});

	it('refuses a workflow without the node', () => {
		expect(() => withSettings({ ...workflow(), nodes: [] }, {})).toThrow('has no node "Settings"');
	});
});
