/** Where scheduled templates tell people: a mailbox and a chat channel that listen for one scene. */
import { Mailbox } from '../../support/mailbox';
import { Receiver } from '../../support/receiver';
import type { SettingValue } from '../../../scripts/host/templates';
import type { E2e, StoredWorkflow } from '.';
import { importScheduled } from './scheduled';

export class Outlets {
	private constructor(
		readonly mailbox: Mailbox,
		readonly chat: Receiver,
	) {}

	/** Call it in `beforeEach`. */
	static async open(): Promise<Outlets> {
		return new Outlets(await Mailbox.open(), await Receiver.open());
	}

	/** Imports a scheduled template that tells both, unless its settings say otherwise. */
	async importScheduled(e2e: E2e, name: string, settings: Record<string, SettingValue>): Promise<StoredWorkflow> {
		const credentials = await e2e.n8n.importCredentials([{ name: 'Mail', type: 'smtp', data: { user: '', password: '', host: '127.0.0.1', port: this.mailbox.port, secure: false, disableStartTls: true } }]);
		return await importScheduled(e2e, name, { settings: { tellBy: 'both', emailFrom: 'returns@shop.example', chatUrl: this.chat.url, ...settings }, credentials });
	}

	/** How many mails and how many messages there are so far. */
	get told(): [number, number] {
		return [this.mailbox.mails.length, this.chat.received.length];
	}

	/** Call it in `afterEach`. */
	async close(): Promise<void> {
		await this.mailbox.close();
		await this.chat.close();
	}
}
