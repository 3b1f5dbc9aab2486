import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { commandLine } from '../support/commandLine.ts';
import { folderWith } from '../support/disk.ts';
import { compose, registry } from '../support/harbour.ts';

const portolan = commandLine();
const harbour = { 'PORTS.md': registry, 'compose.yaml': compose };
/** What the name of a file may hold that elsewhere would be more than text. */
const hostile = { 'PORTS.md': registry, 'a %0A ::error::\'"<&> ☃ b/compose.yaml': compose };

function reported(format: string, files: Record<string, string> = harbour): string {
  const { out, err, status } = portolan(folderWith(files), ['check', '--format', format]);
  expect({ err, status }).toEqual({ err: '', status: 1 });
  return out;
}

test('github: a command for each finding', () => {
  expect(reported('github')).toMatchInlineSnapshot(`
    "::error file=compose.yaml,line=5,endLine=5,col=10,endColumn=13,title=portolan port-mismatch::billing-api publishes 9007, but the registry gives it 9006 (PORTS.md:5).
    "
  `);
});

test('compact: a line for each finding', () => {
  expect(reported('compact')).toBe(
    'compose.yaml:5:10: error: billing-api publishes 9007, but the registry gives it 9006 (PORTS.md:5). [port-mismatch]\n',
  );
});

test('gitlab: an issue for each finding', () => {
  expect(JSON.parse(reported('gitlab'))).toMatchInlineSnapshot(`
    [
      {
        "check_name": "port-mismatch",
        "description": "billing-api publishes 9007, but the registry gives it 9006 (PORTS.md:5).",
        "fingerprint": "77afa3cb48ba0120ccc2ddf5c7449318",
        "location": {
          "lines": {
            "begin": 5,
            "end": 5,
          },
          "path": "compose.yaml",
        },
        "severity": "major",
      },
    ]
  `);
});

test('junit: a suite for each file, a failed test for each finding', () => {
  expect(reported('junit')).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="portolan">
      <testsuite name="PORTS.md" tests="1" failures="0" errors="0">
        <testcase name="ports" classname="PORTS.md" file="PORTS.md"/>
      </testsuite>
      <testsuite name="compose.yaml" tests="1" failures="1" errors="0">
        <testcase name="port-mismatch 5:10" classname="compose.yaml" file="compose.yaml" line="5">
          <failure type="error" message="billing-api publishes 9007, but the registry gives it 9006 (PORTS.md:5).">compose.yaml:5:10 billing-api publishes 9007, but the registry gives it 9006 (PORTS.md:5).</failure>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `);
});

test('rdjson: diagnostics with suggestions, columns in bytes', () => {
  const wide = {
    ...harbour,
    'compose.yaml': 'services:\n  billing-api: { image: "harbour/⚓", ports: ["9007:8000"] }\n',
  };
  expect(JSON.parse(reported('rdjson', wide))).toMatchInlineSnapshot(`
    {
      "diagnostics": [
        {
          "code": {
            "url": "https://github.com/portolan-dev/portolan/blob/main/docs/rules/port-mismatch.md",
            "value": "port-mismatch",
          },
          "location": {
            "path": "compose.yaml",
            "range": {
              "end": {
                "column": 53,
                "line": 2,
              },
              "start": {
                "column": 49,
                "line": 2,
              },
            },
          },
          "message": "billing-api publishes 9007, but the registry gives it 9006 (PORTS.md:5).",
          "related_locations": [
            {
              "location": {
                "path": "PORTS.md",
                "range": {
                  "end": {
                    "column": 21,
                    "line": 5,
                  },
                  "start": {
                    "column": 17,
                    "line": 5,
                  },
                },
              },
              "message": "Here: billing-api 9006",
            },
          ],
          "severity": "ERROR",
          "suggestions": [
            {
              "range": {
                "end": {
                  "column": 53,
                  "line": 2,
                },
                "start": {
                  "column": 49,
                  "line": 2,
                },
              },
              "text": "9006",
            },
          ],
        },
      ],
      "source": {
        "name": "portolan",
        "url": "https://github.com/portolan-dev/portolan",
      },
    }
  `);
});

describe('sarif', () => {
  const schema = JSON.parse(readFileSync(new URL('schemas/sarif-2.1.0.json', import.meta.url), 'utf8'));
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

  test.each([
    ['findings', harbour],
    ['a hostile name of a file', hostile],
  ])('with %s it fits the schema', (_, files) => {
    validate(JSON.parse(reported('sarif', files)));
    expect(validate.errors).toBeNull();
  });

  test('a result leads to the row of the registry and carries its fix', () => {
    const [run] = JSON.parse(reported('sarif')).runs;
    expect(run.tool.driver.rules[run.results[0].ruleIndex].id).toBe(run.results[0].ruleId);
    expect(run.results).toMatchInlineSnapshot(`
      [
        {
          "fixes": [
            {
              "artifactChanges": [
                {
                  "artifactLocation": {
                    "uri": "compose.yaml",
                    "uriBaseId": "ROOT",
                  },
                  "replacements": [
                    {
                      "deletedRegion": {
                        "endColumn": 14,
                        "endLine": 5,
                        "startColumn": 10,
                        "startLine": 5,
                      },
                      "insertedContent": {
                        "text": "9006",
                      },
                    },
                  ],
                },
              ],
              "description": {
                "text": "Use 9006, the port of billing-api",
              },
            },
          ],
          "level": "error",
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "compose.yaml",
                  "uriBaseId": "ROOT",
                },
                "region": {
                  "endColumn": 14,
                  "endLine": 5,
                  "startColumn": 10,
                  "startLine": 5,
                },
              },
            },
          ],
          "message": {
            "text": "billing-api publishes 9007, but the registry gives it 9006 (PORTS.md:5).",
          },
          "partialFingerprints": {
            "portolanFinding/v1": "77afa3cb48ba0120ccc2ddf5c7449318",
          },
          "relatedLocations": [
            {
              "id": 0,
              "message": {
                "text": "Here: billing-api 9006",
              },
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "PORTS.md",
                  "uriBaseId": "ROOT",
                },
                "region": {
                  "endColumn": 21,
                  "endLine": 5,
                  "startColumn": 17,
                  "startLine": 5,
                },
              },
            },
          ],
          "ruleId": "port-mismatch",
          "ruleIndex": 0,
        },
      ]
    `);
  });

  test('every rule has a text for those who have never heard of it', () => {
    const [{ tool }] = JSON.parse(reported('sarif')).runs;
    for (const rule of tool.driver.rules) expect(rule.help.markdown).toContain(`# ${rule.id}\n`);
  });
});

test.each(['sarif', 'gitlab'])('%s: lines above a finding change nothing in its fingerprint', (format) => {
  const prints = (text: string) => {
    const report = JSON.parse(reported(format, { ...harbour, 'compose.yaml': text }));
    return format === 'gitlab'
      ? report.map((issue: { fingerprint: string }) => issue.fingerprint)
      : report.runs[0].results.map((result: { partialFingerprints: unknown }) => result.partialFingerprints);
  };
  expect(prints(`# a line\n# and another\n${compose}`)).toEqual(prints(compose));
});

test('a hostile name of a file is text', () => {
  expect(reported('junit', hostile)).toContain(`name="a %0A ::error::'&quot;&lt;&amp;&gt; ☃ b/compose.yaml"`);
  expect(reported('github', hostile)).toContain(`::error file=a %250A %3A%3Aerror%3A%3A'"<&> ☃ b/compose.yaml,line=5,`);
});
