/** A sentence of a schema; what stands in code marks is set as code. */
export function Words({ text }: { readonly text: string }) {
  return <>{text.split('`').map((piece, index) => (index % 2 === 1 ? <code key={index}>{piece}</code> : piece))}</>;
}
