#!/usr/bin/env bash
# Software: bunit 2.15.2 (NuGet).
# Expected: Click(), Change() and MarkupMatches() hold for what a user can do and see: a disabled button is not clicked, a read-only field not changed,
#           a click on a check box changes it; texts that read differently differ.
# Happens:  handlers of disabled, hidden and read-only elements run, inside a disabled fieldset too, and a form is submitted past an empty required field.
#           A click on a check box raises no change. White space between inline elements and no-break spaces do not count: "3 nodes" in two elements equals "3nodes".
# Matters:  a test "the operator can press Stop" passes with a button that nobody can press, and a missing space in a count passes too.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > clicks.cs <<'E'
#:sdk Microsoft.NET.Sdk.Razor
#:package bunit@2.15.2
#:property PublishAot=false
#:property OutputType=Exe
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
await using var context = new BunitContext();
foreach (var name in new[] { "disabled", "hidden", "in a disabled fieldset" }) Check(name, "button", p => p.Find("button").Click());
Check("readonly", "input", p => p.Find("input").Change("x"));
Check("check box", "input", p => p.Find("input").Click());
Check("required", "form", p => p.Find("button").Click());
foreach (var (shown, wanted) in new[] { ("<b>3</b> <i>nodes</i>", "<b>3</b><i>nodes</i>"), ("<p>3&nbsp;nodes</p>", "<p>3 nodes</p>"), ("<p>3 nodes</p>", "<p>3nodes</p>") })
{
    var page = context.Render(b => b.AddMarkupContent(0, shown));
    try { page.MarkupMatches(wanted); Console.WriteLine($"{shown} matches {wanted}"); }
    catch (HtmlEqualException) { Console.WriteLine($"{shown} does not match {wanted}"); }
}

void Check(string name, string element, Action<IRenderedComponent<Page>> act)
{
    var page = context.Render<Page>(p => p.Add(c => c.Case, name));
    act(page);
    Console.WriteLine($"{name}: {element}, handler {(page.Instance.Handled ? "ran" : "did not run")}");
}

public class Page : ComponentBase
{
    [Parameter] public string Case { get; set; } = "";
    public bool Handled { get; private set; }

    protected override void BuildRenderTree(RenderTreeBuilder b)
    {
        var handler = EventCallback.Factory.Create(this, () => { Handled = true; });
        if (Case == "in a disabled fieldset")
        {
            b.OpenElement(0, "fieldset");
            b.AddAttribute(1, "disabled", true);
            Element("button", "onclick");
            b.CloseElement();
        }
        else if (Case == "required")
        {
            b.OpenElement(0, "form");
            b.AddAttribute(1, "onsubmit", handler);
            b.AddMarkupContent(2, "<input required><button>Stop</button>");
            b.CloseElement();
        }
        else if (Case is "readonly") Element("input", "onchange", ("readonly", true));
        else if (Case is "check box") Element("input", "onchange", ("type", "checkbox"), ("onclick", EventCallback.Factory.Create(this, () => { })));
        else Element("button", "onclick", (Case, true));

        void Element(string tag, string ev, params (string Name, object Value)[] attributes)
        {
            b.OpenElement(3, tag);
            foreach (var (name, value) in attributes) b.AddAttribute(4, name, value);
            b.AddAttribute(5, ev, handler);
            b.CloseElement();
        }
    }
}
E
cat > expected <<'E'
disabled: button, handler ran
hidden: button, handler ran
in a disabled fieldset: button, handler ran
readonly: input, handler ran
check box: input, handler did not run
required: form, handler ran
<b>3</b> <i>nodes</i> matches <b>3</b><i>nodes</i>
<p>3&nbsp;nodes</p> matches <p>3 nodes</p>
<p>3 nodes</p> does not match <p>3nodes</p>
E
dotnet run clicks.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the library does otherwise than noted"; exit 1; }
