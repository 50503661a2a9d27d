using System.Text.RegularExpressions;

namespace ExecutionDashboard.Tests.Components;

/// <summary>Markup that can be compared: without the numbers of handlers and references, which are given as they come, and without ids that are made up.</summary>
internal static partial class MarkupText
{
    /// <summary>The markup of a tab without them.</summary>
    public static string Of(string markup) => Made().Replace(markup, "");

    [GeneratedRegex("""\s(?:blazor:[\w:.-]+|_bl_[\w-]+)(?:="[^"]*")?|\s(?:id|for|aria-labelledby|aria-describedby)="(?:mud|_)[^"]*" """)]
    private static partial Regex Made();
}
