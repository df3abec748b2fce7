let code: Promise<typeof import('./transferFile')> | null = null;

/** What carries files, in a bundle of its own. Asked for before the first file: a newer build of the server no longer has it. */
export const transfer = (): Promise<typeof import('./transferFile')> =>
  (code ??= import('./transferFile').catch(error => {
    code = null;
    throw error;
  }));
