using System.Reflection;
using System.Text.RegularExpressions;
using ExecutionDashboard.Feed;
using ExecutionDashboard.Operations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.SignalR;
using Microsoft.JSInterop;

namespace ExecutionDashboard.Tests.Docs;

/// <summary>The list of entry points in docs/security.md against pages, scripts' calls, hubs and commands that exist. A new one needs a row with its least role.</summary>
public sealed partial class EntryPointTests
{
    private static readonly IReadOnlyList<string> Listed = [.. Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"))).Select(row => row.Groups[1].Value)];

    private static IEnumerable<Type> Types => typeof(Program).Assembly.GetTypes();

    [Fact]
    public void List_Pages_AreAllThere() =>
        Assert.Empty(Types.SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template).Except(Listed));

    [Fact]
    public void List_CallsOfScriptsAndHubsAndCommands_AreThoseThatExist()
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var calls = Types.SelectMany(type => type.GetMethods(Own)).Where(method => method.IsDefined(typeof(JSInvokableAttribute)));
        var hubs = Types.Concat(typeof(FeedHosting).Assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(Hub)) && !type.IsAbstract)
            .SelectMany(type => type.GetMethods(Own).Where(method => !method.IsSpecialName && method.GetBaseDefinition() == method));
        var exist = calls.Concat(hubs).Select(method => $"{method.DeclaringType!.Name.Split('`')[0]}.{method.Name}").Concat(Enum.GetNames<OperationKind>().Select(name => $"command {name}"));

        Assert.Equal(exist.Order(StringComparer.Ordinal), Listed.Where(entry => !entry.StartsWith('/') && entry != "files").Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| `([^`]+)` \| (?:open|key|token|viewer|operator|admin) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
