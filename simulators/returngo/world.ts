/** What the parts of the simulated ReturnGO share, and the two ways in which they write history. */

import type { Clock } from '../shared/clock';
import type { SeededRandom } from '../shared/random';
import type { Events } from './events';
import type { ReturnGoOptions, RmaChange } from './options';
import { ShopifyApp } from './shopify';
import type { Store } from './store';
import { timestamp } from './time';
import type { Comment, Rma, UserDetails } from './types';

export interface World {
	store: Store;
	options: ReturnGoOptions;
	clock: Clock;
	random: SeededRandom;
	events: Events;
}

/** Who does something, as the timeline names them. */
export interface Actor {
	/** A staff member's display name, `Automation`, `ReturnGO API`, or "" for the customer. */
	name: string;
	via: string;
	user: UserDetails | null;
}

export const CUSTOMER: Actor = { name: '', via: 'Return Portal', user: null };
export const AUTOMATION: Actor = { name: 'Automation', via: 'Automation', user: null };
export const API: Actor = { name: 'ReturnGO API', via: 'API', user: null };

/** A staff member at the dashboard; the rest of the person is invented from the name. */
export function staff(name: string): Actor {
	const [first = name, ...rest] = name.split(' ');
	return {
		name,
		via: 'Dashboard',
		user: { userFirstName: first, userLastName: rest.join(' '), userEmailAddress: `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@shop.example`, userRole: 'Owner' },
	};
}

export function addComment(rma: Rma, at: Date, commentType: Comment['commentType'], triggeredBy: string, htmlText: string): Comment {
	const comment: Comment = { commentType, triggeredBy, htmlText, datetime: timestamp(at) };
	rma.comments.push(comment);
	rma.touchedAt = timestamp(at);
	return comment;
}

/** Records that the request changed; whether `lastUpdated` shows it is the service's own affair. */
export function touch(world: World, rma: Rma, change: RmaChange, at: Date): void {
	rma.touchedAt = timestamp(at);
	world.store.changed();
	if (world.options.lastUpdatedMovesOn.includes(change)) rma.lastUpdated = timestamp(at);
}

/** ReturnGO's app in the request's Shopify; `undefined` when the simulator must not look there. */
export function shopifyOf(world: World, rma: Rma): ShopifyApp | undefined {
	const { shopify } = world.store.shop(rma.shop);
	return shopify && rma.inShopify ? new ShopifyApp(shopify) : undefined;
}

export function htmlText(text: string): string {
	return text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? character);
}
