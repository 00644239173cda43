export interface ProgressCommand {
	title: string;
	command: string;
	args: string[];
	cwd: string;
	env?: NodeJS.ProcessEnv;
	report?: Report;
}
export type Report = (line: string) => void;
export function runWithProgress(command: ProgressCommand): Promise<void>;
export function withInstallLock<Result>(lockPath: string, work: () => Promise<Result>, report?: Report): Promise<Result>;
export function reportOnStderr(line: string): void;
