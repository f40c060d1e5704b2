import { MiB } from '@/lib/shared/bytes';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import type { ByteSource } from '@/worker/read/source/types';
import { type Directory, resolvePath } from '@/worker/read/zip/directory';
import { inflateLimits, openPart } from '@/worker/read/zip/part';
import { parseXml } from './xml';

export interface Relationship {
  id: string;
  /** Last segment of the type's URI: `worksheet`, `sharedStrings`; the same in transitional and strict files. */
  type: string;
  /** Name of the part it points to, resolved. */
  target: string;
}

/** What is looked for. A workbook can name a quarter of a million parts in a list that unpacks to 16 MB. */
const followed = new Set(['officeDocument', 'worksheet', 'styles', 'sharedStrings']);
const mostFollowed = 10_000;
const mostCharacters = 4 * MiB;

/**
 * The relationships of a part that lead to a table, or of the package where `owner` is empty (ECMA-376 part 2, 9.3).
 * External targets are left out; a missing relationships part means none.
 */
export async function readRelationships(
  source: ByteSource,
  directory: Directory,
  owner: string,
): Promise<Relationship[]> {
  const slash = owner.lastIndexOf('/') + 1;
  const folder = owner.slice(0, slash);
  const part = directory.find(`${folder}_rels/${owner.slice(slash)}.rels`);
  if (!part) return [];
  const found: Relationship[] = [];
  let characters = 0;
  await parseXml(openPart(source, directory, part, inflateLimits.small), `“${part.name}”`, {
    open(name, { Id, Type, Target, TargetMode }) {
      if (name !== 'Relationship' || !Id || !Type || !Target || TargetMode === 'External') return;
      const type = Type.slice(Type.lastIndexOf('/') + 1);
      if (!followed.has(type)) return;
      characters += Id.length + Target.length;
      if (found.length >= mostFollowed || characters > mostCharacters) {
        throw new ImportFailure(
          'MALFORMED_FILE',
          `The file is refused: “${part.name}” lists too many parts.`,
        );
      }
      found.push({ id: Id, type, target: resolve(folder, Target) });
    },
  });
  return found;
}

/** Resolves a target against the folder of its owner: absolute, relative, with `..` or backslashes. */
function resolve(folder: string, target: string): string {
  const path = decode(target);
  return resolvePath(/^[\\/]/.test(path) ? path : folder + path);
}

function decode(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
