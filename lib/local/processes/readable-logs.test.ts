import { ChildProcess } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { readableLogs } from './readable-logs';

/** A process as far as its output goes. */
function outputs() {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  return { child: Object.assign(Object.create(ChildProcess.prototype), { stdout, stderr }), stdout, stderr };
}

it('writes a line of words for each line of JSON, also when they come in pieces, and all else as it is', async () => {
  const terminal = new PassThrough().setEncoding('utf8');
  const attach = readableLogs(terminal);
  const [web, worker] = [outputs(), outputs()];
  attach(web.child);
  attach(worker.child);
  const line = JSON.stringify({ level: 30, time: Date.now(), port: 3000, msg: 'the web server is ready' });
  web.stderr.write(line.slice(0, 20));
  worker.stderr.write(
    `${JSON.stringify({ level: 40, time: Date.now(), msg: 'a file could not be removed' })}\n`,
  );
  web.stderr.write(`${line.slice(20)}\n`);
  web.stdout.write('plain words\n');
  await new Promise((done) => setImmediate(done));
  const said = String(terminal.read()).split('\n');
  expect(said[0]).toMatch(/^\[\d\d:\d\d:\d\d\] WARN: a file could not be removed$/);
  expect(said[1]).toMatch(/^\[\d\d:\d\d:\d\d\] INFO: the web server is ready \{"port":3000\}$/);
  expect(said[2]).toBe('plain words');
});

it('writes the last line of a process that ends in the middle of it', async () => {
  const terminal = new PassThrough().setEncoding('utf8');
  const { child, stdout, stderr } = outputs();
  readableLogs(terminal)(child);
  stdout.end('before\nout of memory');
  stderr.end(JSON.stringify({ level: 60, time: Date.now(), msg: 'the last words' }));
  await new Promise((done) => setTimeout(done, 10));
  const said = String(terminal.read()).trimEnd().split('\n');
  expect(said).toEqual(
    expect.arrayContaining(['before', 'out of memory', expect.stringMatching(/FATAL: the last words$/)]),
  );
  expect(said).toHaveLength(3);
});
