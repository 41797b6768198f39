import { setFlagsFromString } from 'node:v8';

/**
 * Imported before anything else by both hosts: V8 keeps its heaps near what is alive instead of letting them grow first.
 * Young generations stay small and old ones are collected after growing by as much again. Measured with 12,000 small files
 * (2 cores, Node 24): peak of the process 272-284 MB against 466 MB, at the same files a second.
 * Flags of the running process, because Electron's main process takes none from outside.
 */
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=100');
