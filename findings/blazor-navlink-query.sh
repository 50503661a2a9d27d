#!/usr/bin/env bash
# Software: Blazor of ASP.NET Core 10.0 (seen on 10.0.12), NavLink with NavLinkMatch.All, rendered by bunit 2.15.2.
# Expected: "all" compares the whole address, as its name and its reference have it: of the links to ?state=failed and ?state=lost one is the current one.
# Happens:  the query and the fragment are left out of the comparison, on both sides. At /nodes?state=lost both links are active and have aria-current="page",
#           and so they are at /nodes. A slash at the end still makes a difference.
# Matters:  tabs that filter one list by a query are all marked at once, for eyes and for screen readers.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > links.cs <<'E'
#:sdk Microsoft.NET.Sdk.Razor
#:package bunit@2.15.2
#:property PublishAot=false
#:property OutputType=Exe
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.DependencyInjection;
await using var context = new BunitContext();
foreach (var address in new[] { "nodes?state=lost", "nodes", "nodes/" })
{
    context.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
    foreach (var link in new[] { "nodes?state=lost", "nodes?state=failed" })
    {
        var anchor = context.Render<NavLink>(p => p.AddUnmatched("href", link).Add(l => l.Match, NavLinkMatch.All)).Find("a");
        Console.WriteLine($"at {address}, link {link}: {(anchor.ClassList.Contains("active") ? "active" : "-")} {anchor.GetAttribute("aria-current")}".TrimEnd());
    }
}
E
cat > expected <<'E'
at nodes?state=lost, link nodes?state=lost: active page
at nodes?state=lost, link nodes?state=failed: active page
at nodes, link nodes?state=lost: active page
at nodes, link nodes?state=failed: active page
at nodes/, link nodes?state=lost: -
at nodes/, link nodes?state=failed: -
E
dotnet run links.cs > seen
cat seen
diff expected seen || { echo "CHANGED: NavLink compares otherwise than noted"; exit 1; }
