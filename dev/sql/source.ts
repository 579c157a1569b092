import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run.ts'

/** A file of SQL that a person wrote. */
export type Source = { readonly file: string; readonly text: string }

/** Which file has the typed callers of the functions of a file. */
export const typedCallerFileOf = (file: string): string =>
  file.replace(/\/sql\/[^/]*$/, '/generated/call.ts')

export const readSqlSources = (): Source[] => read(['src/core/*/sql/*.sql'])

/** The functions of triggers and their helpers, without the triggers, which the migrations have made. */
export const readTriggerSources = (): Source[] =>
  read(['src/db/schema/trigger/*.sql']).map(({ file, text }) => ({
    file,
    text: text.replace(/^create (or replace )?(constraint )?trigger [^;]*;/gim, (it) =>
      it.replace(/[^\n]/g, ' '),
    ),
  }))

const read = (patterns: string[]): Source[] =>
  globSync(patterns, { cwd: root })
    .map(withSlashes)
    .sort()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

/** The files of typed callers that there are, right or not. */
export const existingCallerFiles = (): string[] =>
  globSync('src/core/*/generated/call.ts', { cwd: root }).map(withSlashes)

const withSlashes = (path: string): string => path.replaceAll('\\', '/')

/** The line of the file on which its text has this place. */
export const lineAt = ({ text }: Source, offset: number): number =>
  text.slice(0, offset).split('\n').length
