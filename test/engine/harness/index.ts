/** Engine tests: one of our nodes inside the real n8n-core, with real HTTP. */
export { runNode, type NodeRun, type NodeRunError, type NodeRunResult } from './runNode';
export { askTool, type ToolUse } from './askTool';
export { searchList, type ListSearch } from './listSearch';
export { startPolling, type TestPoller } from './poll';
export { testCredential } from './testCredential';
export { startTrigger, type TestTrigger, type TriggerCall } from './trigger';
export { INPUT_NODE, PACKAGE_NAME, TESTED_NODE, type NodeClass, type NodeSetup } from './workflow';
export type { CredentialData } from './credentialsHelper';
