#!/usr/bin/env bash
# Software: promtool of Prometheus 2.42 (Debian prometheus 2.42.0+ds-5+deb12u1).
# Expected: a test of an alert that no rule defines fails; an alert that fires in a test at the interval of the real scrapes fires in production.
# Happens:  the test of a misspelt alert passes as long as it expects none. And samples and evaluations of a test fall on the same instants, so a window as long
#           as the interval holds two samples; half an interval later, as in any real server, it holds one, and increase() and rate() give nothing.
# Matters:  "does not fire while a node restarts" is green for a rule that was renamed, and an alert that has its test never fires.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
command -v promtool >/dev/null || apt-get install -y --no-install-recommends prometheus >/dev/null
promtool --version 2>&1 | grep -q 'version 2.42.0' || { promtool --version; echo "this was seen on 2.42.0"; exit 1; }

cat > rules.yml <<'E'
groups:
- name: fleet
  rules:
  - alert: ExecutionsFail
    expr: increase(failures_total[1m]) > 0
E
test() {
    printf 'rule_files: [rules.yml]\nevaluation_interval: 1m\ntests:\n- interval: 1m\n  input_series:\n  - {series: failures_total, values: 0+5x10}\n  %s:\n  - %s\n' "$2" "$3" > test.yml
    promtool test rules test.yml >/dev/null 2>&1 && echo "$1: passes" || echo "$1: fails"
}
{
    test "alert fires" alert_rule_test '{alertname: ExecutionsFail, eval_time: 5m, exp_alerts: [{exp_labels: {}}]}'
    test "alert does not fire" alert_rule_test '{alertname: ExecutionsFail, eval_time: 5m, exp_alerts: []}'
    test "misspelt alert does not fire" alert_rule_test '{alertname: ExecutionFails, eval_time: 5m, exp_alerts: []}'
    test "increase over an interval is 5" promql_expr_test "{expr: 'increase(failures_total[1m])', eval_time: 5m, exp_samples: [{labels: '{}', value: 5}]}"
    test "increase over an interval, one second later, is empty" promql_expr_test "{expr: 'increase(failures_total[1m])', eval_time: 5m1s, exp_samples: []}"
    test "increase over two intervals, one second later, is 10" promql_expr_test "{expr: 'increase(failures_total[2m])', eval_time: 5m1s, exp_samples: [{labels: '{}', value: 10}]}"
} > seen
cat > expected <<'E'
alert fires: passes
alert does not fire: fails
misspelt alert does not fire: passes
increase over an interval is 5: passes
increase over an interval, one second later, is empty: passes
increase over two intervals, one second later, is 10: passes
E
cat seen
diff expected seen || { echo "CHANGED: promtool judges otherwise than noted"; exit 1; }
