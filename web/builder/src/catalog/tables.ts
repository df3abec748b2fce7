/** The rows of the table under a heading of a Markdown page, by the names of their columns; code marks are taken off. */
export function tableUnder(page: string, heading: string): Record<string, string>[] {
  const section = page.split(/^## /m).find(part => part.startsWith(`${heading}\n`)) ?? '';
  const [header, , ...rows] = section.split('\n').filter(line => line.startsWith('|')).map(cellsOf);
  return rows.map(row => Object.fromEntries((header ?? []).map((name, column) => [name, row[column] ?? ''])));
}

/** The names in a cell, which are set in code marks. */
export function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(match => match[1]!);
}

function cellsOf(line: string): string[] {
  return line.split('|').slice(1, -1).map(cell => cell.trim());
}
