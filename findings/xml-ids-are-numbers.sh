#!/usr/bin/env bash
# Software: fast-xml-parser 5.12.1, xml-js 1.6.11 and xml2js 0.6.2 (npm).
# Expected: text in XML is text, or what becomes a number can be written back as it was; one shape for one and for many elements.
# Happens:  fast-xml-parser by default, and xml-js with nativeType, read the node 007 as 7, the id 12e45 as 1.2e+46, the version 1.10 as 1.1, 0x1f as 31 and a
#           phone number without its plus. fast-xml-parser leaves 12e4567 and a serial number of twenty digits alone; xml-js makes Infinity of the one and rounds
#           the other. One node is an object or a text, two are a list; xml2js makes a list of everything, an empty element included. Blanks around a text are
#           kept by two of the three.
# Matters:  names of nodes and versions from the XML of a device, a test report or a camera match those from its JSON for most nodes, and not for some.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > read.mjs <<'E'
import { XMLParser } from 'fast-xml-parser';
import { xml2js } from 'xml-js';
import { parseStringPromise } from 'xml2js';
for (const inner of ['<node>007</node>', '<node>007</node><node>12e45</node>', '<id>12e4567</id>', '<version>1.10</version>', '<mask>0x1f</mask>', '<phone>+49301234</phone>',
  '<serial>12345678901234567890</serial>', '<name> edge 1 </name>', '<label/>']) {
  const text = `<job>${inner}</job>`;
  console.log(inner);
  console.log('  fast-xml-parser', JSON.stringify(new XMLParser().parse(text).job));
  console.log('  xml-js', JSON.stringify(xml2js(text, { compact: true, nativeType: true }).job));
  console.log('  xml2js', JSON.stringify((await parseStringPromise(text)).job));
}
E
cat > expected <<'E'
<node>007</node>
  fast-xml-parser {"node":7}
  xml-js {"node":{"_text":7}}
  xml2js {"node":["007"]}
<node>007</node><node>12e45</node>
  fast-xml-parser {"node":[7,1.2e+46]}
  xml-js {"node":[{"_text":7},{"_text":1.2e+46}]}
  xml2js {"node":["007","12e45"]}
<id>12e4567</id>
  fast-xml-parser {"id":"12e4567"}
  xml-js {"id":{"_text":null}}
  xml2js {"id":["12e4567"]}
<version>1.10</version>
  fast-xml-parser {"version":1.1}
  xml-js {"version":{"_text":1.1}}
  xml2js {"version":["1.10"]}
<mask>0x1f</mask>
  fast-xml-parser {"mask":31}
  xml-js {"mask":{"_text":31}}
  xml2js {"mask":["0x1f"]}
<phone>+49301234</phone>
  fast-xml-parser {"phone":49301234}
  xml-js {"phone":{"_text":49301234}}
  xml2js {"phone":["+49301234"]}
<serial>12345678901234567890</serial>
  fast-xml-parser {"serial":"12345678901234567890"}
  xml-js {"serial":{"_text":12345678901234567000}}
  xml2js {"serial":["12345678901234567890"]}
<name> edge 1 </name>
  fast-xml-parser {"name":"edge 1"}
  xml-js {"name":{"_text":" edge 1 "}}
  xml2js {"name":[" edge 1 "]}
<label/>
  fast-xml-parser {"label":""}
  xml-js {"label":{}}
  xml2js {"label":[""]}
E
npm install --silent --no-audit --no-fund fast-xml-parser@5.12.1 xml-js@1.6.11 xml2js@0.6.2 >/dev/null
node read.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read XML otherwise than noted"; exit 1; }
