#!/usr/bin/env bash
# Software: Blazor of ASP.NET Core 10.0 (seen on 10.0.12), InputDate<DateTimeOffset>, rendered by bunit 2.15.2; server in the zone Europe/Berlin.
# Expected: a field bound to a DateTimeOffset keeps the offset of its value, or works in one stated zone; committing what it shows changes nothing.
# Happens:  the field shows the clock of the value's own offset and reads it back as the clock of the server. 05:21:32.123 at -07:00, confirmed unchanged,
#           becomes 05:21:32 at +01:00, eight hours earlier. As a field for dates it loses the time of day as well.
# Matters:  whoever corrects the minute of a deadline, or types the day again, moves it by hours as well; by how many depends on where the server stands.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=Europe/Berlin

cat > input.cs <<'E'
#:sdk Microsoft.NET.Sdk.Razor
#:package bunit@2.15.2
#:property PublishAot=false
#:property OutputType=Exe
using System.Linq.Expressions;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
await using var context = new BunitContext();
foreach (var type in new[] { InputDateType.DateTimeLocal, InputDateType.Date })
{
    var time = new DateTimeOffset(2026, 11, 29, 5, 21, 32, 123, TimeSpan.FromHours(-7));
    Console.WriteLine($"{type}, bound: {time:yyyy-MM-ddTHH:mm:ss.fffzzz}");
    var form = context.Render<EditForm>(p => p.Add(f => f.Model, new object()).Add(f => f.ChildContent, _ => builder =>
    {
        builder.OpenComponent<InputDate<DateTimeOffset>>(0);
        builder.AddAttribute(1, "Type", type);
        builder.AddAttribute(2, "Value", time);
        builder.AddAttribute(3, "ValueChanged", EventCallback.Factory.Create<DateTimeOffset>(context, v => time = v));
        builder.AddAttribute(4, "ValueExpression", (Expression<Func<DateTimeOffset>>)(() => time));
        builder.CloseComponent();
    }));
    var shown = form.Find("input").GetAttribute("value")!;
    form.Find("input").Change(shown);
    Console.WriteLine($"{type}, shown and confirmed: {shown}");
    Console.WriteLine($"{type}, then: {time:yyyy-MM-ddTHH:mm:ss.fffzzz}");
}
E
cat > expected <<'E'
DateTimeLocal, bound: 2026-11-29T05:21:32.123-07:00
DateTimeLocal, shown and confirmed: 2026-11-29T05:21:32
DateTimeLocal, then: 2026-11-29T05:21:32.000+01:00
Date, bound: 2026-11-29T05:21:32.123-07:00
Date, shown and confirmed: 2026-11-29
Date, then: 2026-11-29T00:00:00.000+01:00
E
dotnet run input.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the field does otherwise than noted"; exit 1; }
