import type { ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';
import pretty from 'pino-pretty';

/**
 * Writes what the processes log to a person's terminal: a line of words for each of their JSON lines. `npm run web` and
 * `npm run worker` write JSON, for programs that collect it.
 */
export function readableLogs(terminal: NodeJS.WriteStream | Writable): (child: ChildProcess) => void {
  const colorize = 'isTTY' in terminal && terminal.isTTY;
  const options = { colorize, singleLine: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' };
  return ({ stdout, stderr }) => {
    for (const stream of [stdout, stderr]) {
      // A stream each: a line that one process has written by half must not run into another's.
      const lines = pretty.prettyFactory(options);
      let rest = '';
      const write = (line: string) => terminal.write(line.startsWith('{') ? lines(line) : `${line}\n`);
      stream?.setEncoding('utf8').on('data', (text: string) => {
        const all = (rest + text).split('\n');
        rest = all.pop() ?? '';
        for (const line of all) write(line);
      });
      // What a process that dies says last may have no end.
      stream?.on('end', () => {
        if (rest !== '') write(rest);
      });
    }
  };
}
