import { execFileSync } from 'node:child_process';
import { temporaryDirectory } from '../processes.js';

/** Mounts a disk in memory at a folder, as only root may; `remount` among the options changes one that is there. */
export function mountDisk(path: string, options: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], { stdio: 'ignore' });
}

/** Lazily: a database that this process has closed may keep its file open until its statements are collected. */
export function unmountDisk(path: string): void {
  execFileSync('umount', ['--lazy', path]);
}

/** Whether disks can be mounted here. */
export function canMount(): boolean {
  const directory = temporaryDirectory();
  try {
    mountDisk(directory.path, 'size=4m');
    unmountDisk(directory.path);
    return true;
  } catch {
    return false;
  } finally {
    directory.remove();
  }
}
