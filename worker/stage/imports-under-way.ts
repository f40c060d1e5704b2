let underWay = 0;

/** How many imports this process works on. */
export const importsUnderWay = (): number => underWay;

/** Does the work of an import: what is less urgent holds back meanwhile. */
export async function asImport<T>(work: () => Promise<T>): Promise<T> {
  underWay++;
  try {
    return await work();
  } finally {
    underWay--;
  }
}
