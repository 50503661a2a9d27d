#!/usr/bin/env bash
# Software: ansi-to-html 0.7.2, ansi_up 6.0.6 and anser 2.3.5 (npm).
# Expected: the three turn the colours of a terminal into HTML that a page can style; "default colour" is the page's own; what is no colour (a title, a link, a cursor step) leaves no
#           trace in the text.
# Happens:  in ansi-to-html "default colour" is white, and "default background" black, unless told otherwise: on a light page the rest of the line is not seen. A colour in the form of
#           the standard, with colons (38:5:196), and a curly underline are text in all three. A title is text in all three, a link in two, with their control characters; a step of the
#           cursor leaves its letter in one. A colour that goes on into the next line is lost by two of them if lines are turned one by one.
# Matters:  a log of an execution is shown line by line and on light pages; a search or a copied line has "38:5:196m" in the middle, and the words after a reset are invisible.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > show.mjs <<'E'
import Convert from 'ansi-to-html';
import { AnsiUp } from 'ansi_up';
import anser from 'anser';
const lines = {
  'default colour': ['\x1b[31mfailed\x1b[39m on edge-1'],
  'default background': ['\x1b[41mfailed\x1b[49m on edge-1'],
  'colour with colons': ['\x1b[38:5:196mfailed\x1b[0m'],
  'curly underline': ['\x1b[4:3mfailed\x1b[0m'],
  'title': ['\x1b]0;agent\x07started'],
  'link': ['\x1b]8;;https://host.example/1\x1b\\log\x1b]8;;\x1b\\ written'],
  'cursor two up': ['50 %\x1b[2A done'],
  'two lines': ['\x1b[31mfirst', 'second\x1b[0m'],
};
for (const [what, texts] of Object.entries(lines)) {
  const one = new Convert(), two = new AnsiUp();
  console.log(what);
  for (const text of texts) {
    console.log('  ansi-to-html:', JSON.stringify(one.toHtml(text)));
    console.log('  ansi_up:', JSON.stringify(two.ansi_to_html(text)));
    console.log('  anser:', JSON.stringify(anser.ansiToHtml(text)));
  }
}
E
cat > expected <<'E'
default colour
  ansi-to-html: "<span style=\"color:#A00\">failed<span style=\"color:#FFF\"> on edge-1</span></span>"
  ansi_up: "<span style=\"color:rgb(187,0,0)\">failed</span> on edge-1"
  anser: "<span style=\"color:rgb(187, 0, 0)\">failed</span> on edge-1"
default background
  ansi-to-html: "<span style=\"background-color:#A00\">failed<span style=\"background-color:#000\"> on edge-1</span></span>"
  ansi_up: "<span style=\"background-color:rgb(187,0,0)\">failed</span> on edge-1"
  anser: "<span style=\"background-color:rgb(187, 0, 0)\">failed</span> on edge-1"
colour with colons
  ansi-to-html: ":5:196mfailed"
  ansi_up: "[38:5:196mfailed"
  anser: "38:5:196mfailed"
curly underline
  ansi-to-html: ":3mfailed"
  ansi_up: "[4:3mfailed"
  anser: "4:3mfailed"
title
  ansi-to-html: "]0;agent\u0007started"
  ansi_up: "]0;agent\u0007started"
  anser: "\u001b]0;agent\u0007started"
link
  ansi-to-html: "]8;;https://host.example/1\\log]8;;\\ written"
  ansi_up: "<a href=\"https://host.example/1\">log</a> written"
  anser: "\u001b]8;;https://host.example/1\u001b\\log\u001b]8;;\u001b\\ written"
cursor two up
  ansi-to-html: "50 %A done"
  ansi_up: "50 % done"
  anser: "50 % done"
two lines
  ansi-to-html: "<span style=\"color:#A00\">first</span>"
  ansi_up: "<span style=\"color:rgb(187,0,0)\">first</span>"
  anser: "<span style=\"color:rgb(187, 0, 0)\">first</span>"
  ansi-to-html: "second"
  ansi_up: "<span style=\"color:rgb(187,0,0)\">second</span>"
  anser: "second"
E
npm install --silent --no-audit --no-fund ansi-to-html@0.7.2 ansi_up@6.0.6 anser@2.3.5 >/dev/null
node show.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries show lines otherwise than noted"; exit 1; }
