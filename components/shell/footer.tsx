/** The footer of every page. */
export function Footer() {
  return (
    <footer className="print:hidden mx-auto mt-auto w-full max-w-6xl px-4 pt-12 pb-6 text-[13px] text-muted sm:px-6">
      <p className="border-t border-line pt-5">Sluice. Every row accounted for, every import undoable.</p>
    </footer>
  );
}
