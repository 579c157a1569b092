import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generatingPrograms } from '../../dev/mutants/generating-programs.ts'
import { mutants } from '../../dev/mutants/list.ts'
import { root } from '../../dev/run.ts'

test.each(mutants)('the mistake can still be made: $name', async ({ file, find }) => {
  const text = await readFile(join(root, 'src', file), 'utf8')
  expect(text.split(find)).toHaveLength(2)
})

test.each(generatingPrograms)('the program %s can still be run', async (program) => {
  const text = await readFile(join(root, 'dev', program), 'utf8')
  expect(text).toContain('if (import.meta.main)')
})
