import { type CallToolResult, fromJsonSchema, McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { jsonText } from '../cli/printed.ts';
import { instructions, type Questions, toolsFor } from './tools.ts';

/** What a tool answers: the object that its schema describes, with remarks beside it, or why there is none. */
export type Answer = { readonly value: object; readonly remarks: readonly string[] } | { readonly refused: string };

/** Who answers the tools. */
export type Answers = { readonly [Name in keyof Questions]: (question: Questions[Name]) => Promise<Answer> };

/**
 * Serves the tools over standard input and output, until the input ends. Speaks all revisions of the protocol that the
 * SDK knows, those before 2026-07-28 included.
 * @param mayWrite whether `move` can change files
 */
export async function serve(answers: Answers, version: string, mayWrite: boolean): Promise<void> {
  const ended = new Promise((resolve) => process.stdin.once('close', resolve));
  serveStdio(() => serverOf(answers, version, mayWrite));
  await ended;
}

function serverOf(answers: Answers, version: string, mayWrite: boolean): McpServer {
  const server = new McpServer({ name: 'portolan', title: 'Portolan', version }, { instructions });
  const tools = toolsFor(mayWrite);
  const add = <Name extends keyof Questions>(name: Name) => {
    const { inputSchema, outputSchema, ...tool } = tools[name];
    const schemas = {
      inputSchema: fromJsonSchema<Questions[Name]>(inputSchema),
      outputSchema: fromJsonSchema(outputSchema),
    };
    server.registerTool(name, { ...tool, ...schemas }, async (question) =>
      resultOf(await answers[name](question as Questions[Name])),
    );
  };
  for (const name of Object.keys(tools) as (keyof Questions)[]) add(name);
  return server;
}

/** Clients that know no structured content get the same as a text. */
function resultOf(answer: Answer): CallToolResult {
  if ('refused' in answer) return { content: [{ type: 'text', text: answer.refused }], isError: true };
  const texts = [jsonText(answer.value), ...answer.remarks];
  return {
    content: texts.map((text) => ({ type: 'text', text })),
    structuredContent: answer.value as Record<string, unknown>,
  };
}
