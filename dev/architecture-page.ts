import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fillGeneratedParts, markdownTable } from './fill-generated-parts.ts'
import { readSqlSources, readTriggerSources, type Source } from './sql/source.ts'

export const architectureFile = 'docs/architecture.md'

/** How the comment of a function begins to say why a person wrote it in SQL. */
const mark = 'SQL by hand: '

/** The document with its table of the SQL that is written by hand. Throws for a file that does not say why it is. */
export async function architectureText(): Promise<string> {
  const rows = [...readSqlSources(), ...readTriggerSources()].map((source) => [
    nounOf(source),
    `\`${basename(source.file, '.sql')}\``,
    reasonOf(source),
  ])
  const sql = markdownTable(['where', 'function', 'why'], rows)
  return fillGeneratedParts(await readFile(architectureFile, 'utf8'), { sql })
}

const nounOf = ({ file }: Source): string =>
  file.split('/').at(2)?.replace('schema', 'trigger') ?? ''

/** The comment's sentences from the mark on, but for what it says of null. */
function reasonOf({ file, text }: Source): string {
  const comment = (text.match(/^(--.*\n)+/)?.[0] ?? '')
    .replaceAll(/^-- ?/gm, '')
    .replaceAll(/^(May be|Never) null.*$/gm, '')
    .replaceAll('\n', ' ')
  const at = comment.indexOf(mark)
  if (at < 0) throw new Error(`${file} does not say why it is SQL by hand: "-- ${mark}…"`)
  return comment
    .slice(at + mark.length)
    .trim()
    .replaceAll('|', '\\|')
}
