#!/usr/bin/env bash
# Software: nunjucks 3.2.4 (npm), Jinja2 3.1.2 (Debian python3-jinja2 3.1.2-1+deb12u3).
# Expected: a template that both take gives the same text for the same data, apart from how true and nothing are spelled.
# Happens:  in nunjucks an empty list and an empty map are true, null is below 5, list[-1] and 1e3 are empty texts, "12 nodes"|int is 12, and a "set" in a loop changes
#           the variable outside of it. In Jinja2 these are false, an error, the last one, 1000.0, 0, and a variable of the loop. 2.5|round is 3 in one and 2.0 in the
#           other.
# Matters:  job specs and notices are rendered on the control plane in one language and on the dashboard as a preview in the other: the preview says "failed nodes:" for
#           an empty list, and counts with a loop that is 0 in the real text.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s python3-jinja2 >/dev/null 2>&1 || apt-get install -y --no-install-recommends python3-jinja2 >/dev/null
version=$(dpkg-query -W -f '${Version}' python3-jinja2)
case $version in 3.1.2-*) ;; *) echo "python3-jinja2 is $version, this was seen on 3.1.2"; exit 1;; esac
cat > cases.json <<'E'
{
  "data": { "failed": [], "labels": {}, "cpu": 2.5, "count": 10, "nodes": ["edge-1", "edge-2"], "text": "12 nodes", "nothing": null },
  "templates": [
    "{% if failed %}failed nodes:{% else %}all well{% endif %}", "{{ 'labelled' if labels else 'no label' }}", "{% if not failed %}all well{% endif %}", "{{ cpu|round }}", "{{ count / 5 }}",
    "{{ -7 % 3 }}", "{{ nodes[-1] }}", "{{ text|int }}", "{{ 1e3 }}", "{{ nodes == ['edge-1', 'edge-2'] }}", "{{ count == '10' }}", "{% if 0 == '' %}equal{% else %}not{% endif %}",
    "{% for key in {'zone': 'eu'} %}{{ key }}{% endfor %}", "{% set n = 0 %}{% for node in nodes %}{% set n = n + 1 %}{% endfor %}{{ n }}",
    "{% if nothing < 5 %}low{% else %}not low{% endif %}"
  ]
}
E
cat > render.mjs <<'E'
import fs from 'fs';
import nunjucks from 'nunjucks';
const { data, templates } = JSON.parse(fs.readFileSync('cases.json'));
const environment = new nunjucks.Environment(null, { autoescape: false });
fs.writeFileSync('nunjucks.json', JSON.stringify(templates.map(text => environment.renderString(text, data))));
E
cat > render.py <<'E'
import json, jinja2
cases = json.load(open('cases.json'))
for text, other in zip(cases['templates'], json.load(open('nunjucks.json'))):
    try:
        here = jinja2.Environment().from_string(text).render(cases['data'])
    except TypeError as error:
        here = 'error: ' + str(error)
    print(f"{text}\n  Jinja2 '{here}', nunjucks '{other}'{'' if here.lower() == other.lower() else ' !'}")
E
cat > expected <<'E'
{% if failed %}failed nodes:{% else %}all well{% endif %}
  Jinja2 'all well', nunjucks 'failed nodes:' !
{{ 'labelled' if labels else 'no label' }}
  Jinja2 'no label', nunjucks 'labelled' !
{% if not failed %}all well{% endif %}
  Jinja2 'all well', nunjucks '' !
{{ cpu|round }}
  Jinja2 '2.0', nunjucks '3' !
{{ count / 5 }}
  Jinja2 '2.0', nunjucks '2' !
{{ -7 % 3 }}
  Jinja2 '2', nunjucks '-1' !
{{ nodes[-1] }}
  Jinja2 'edge-2', nunjucks '' !
{{ text|int }}
  Jinja2 '0', nunjucks '12' !
{{ 1e3 }}
  Jinja2 '1000.0', nunjucks '' !
{{ nodes == ['edge-1', 'edge-2'] }}
  Jinja2 'True', nunjucks 'false' !
{{ count == '10' }}
  Jinja2 'False', nunjucks 'true' !
{% if 0 == '' %}equal{% else %}not{% endif %}
  Jinja2 'not', nunjucks 'equal' !
{% for key in {'zone': 'eu'} %}{{ key }}{% endfor %}
  Jinja2 'zone', nunjucks '' !
{% set n = 0 %}{% for node in nodes %}{% set n = n + 1 %}{% endfor %}{{ n }}
  Jinja2 '0', nunjucks '2' !
{% if nothing < 5 %}low{% else %}not low{% endif %}
  Jinja2 'error: '<' not supported between instances of 'NoneType' and 'int'', nunjucks 'low' !
E
npm install --silent --no-audit --no-fund nunjucks@3.2.4 >/dev/null
node render.mjs
/usr/bin/python3 render.py > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries render otherwise than noted"; exit 1; }
