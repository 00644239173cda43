/** A mail server on loopback that accepts everything but what it is told to refuse, and keeps it: for workflows that send e-mail. */
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface Mail {
	from: string;
	to: string[];
	/** Headers and body as they came, with quoted-printable soft line breaks taken out. */
	text: string;
}

export class Mailbox {
	readonly mails: Mail[] = [];
	/** Addresses that it does not know. */
	readonly refused = new Set<string>();

	private constructor(private readonly server: Server) {}

	static async open(): Promise<Mailbox> {
		const server = createServer();
		const mailbox = new Mailbox(server);
		server.on('connection', (socket) => mailbox.talk(socket));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return mailbox;
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	async close(): Promise<void> {
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}

	/** As much of SMTP as a client needs to hand over a mail. */
	private talk(socket: Socket): void {
		let mail: Mail = { from: '', to: [], text: '' };
		let isInData = false;
		let rest = '';
		const say = (line: string) => socket.write(`${line}\r\n`);
		const command = (line: string) => {
			if (/^(EHLO|HELO)/i.test(line)) say('250 mailbox');
			else if (/^MAIL FROM:/i.test(line)) {
				mail = { from: addressIn(line), to: [], text: '' };
				say('250 ok');
			} else if (/^RCPT TO:/i.test(line) && this.refused.has(addressIn(line))) say('550 no such mailbox');
			else if (/^RCPT TO:/i.test(line)) {
				mail.to.push(addressIn(line));
				say('250 ok');
			} else if (/^DATA/i.test(line)) {
				isInData = true;
				say('354 go on');
			} else if (/^QUIT/i.test(line)) {
				say('221 bye');
				socket.end();
			} else say('250 ok');
		};
		socket.on('data', (chunk) => {
			const lines = (rest + chunk.toString('utf8')).split('\r\n');
			rest = lines.pop() ?? '';
			for (const line of lines) {
				if (!isInData) command(line);
				else if (line !== '.') mail.text += `${line}\n`;
				else {
					isInData = false;
					this.mails.push({ ...mail, text: mail.text.replace(/=\n/g, '') });
					say('250 taken');
				}
			}
		});
		socket.on('error', () => socket.destroy());
		say('220 mailbox');
	}
}

function addressIn(line: string): string {
	return /<([^>]*)>/.exec(line)?.[1] ?? '';
}
