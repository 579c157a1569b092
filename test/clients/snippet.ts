import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** A snippet of a page as it stands there, but for where the service is. */
export async function snippet(file: string, name: string, url?: string): Promise<string> {
  const text = await readFile(join(root, file), 'utf8')
  const found = new RegExp(`<!-- run: ${name} -->\n\`\`\`\\w+\n([\\s\\S]*?)\n\`\`\``).exec(
    text,
  )?.[1]
  if (found === undefined) throw new Error(`${file} has no snippet ${name}`)
  return here(found, url)
}

export const here = (code: string, url = inject('url')): string =>
  code.replaceAll('http://localhost:8787', url)
