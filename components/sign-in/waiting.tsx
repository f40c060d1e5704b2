/** While it is not known yet who is there: blank at first, since it takes but a moment. */
export function Waiting() {
  return (
    <div role="status" className="sr-only">
      Loading
    </div>
  );
}
