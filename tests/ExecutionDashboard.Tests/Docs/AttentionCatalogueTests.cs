using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.Tests.Docs;

/// <summary>docs/attention.md against the causes and settings there are.</summary>
public partial class AttentionCatalogueTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "attention.md"));

    [Fact]
    public void Tables_HaveEachCauseOnce()
    {
        var named = Row().Matches(Text).Select(m => m.Groups[1].Value);
        Assert.Equal(ProblemCauses.All.Select(ProblemCauses.CodeOf).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rules_NameEachThresholdAndNoOther()
    {
        var named = Setting().Matches(Text).Select(m => m.Groups[1].Value).Distinct();
        Assert.Equal(typeof(AttentionOptions).GetProperties().Where(p => p.CanWrite).Select(p => p.Name).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Scenarios_ShowEachCause()
    {
        var scenarios = File.ReadAllText(Path.Combine(Repository.Root, "docs", "scenarios.md"));
        Assert.All(ProblemCauses.All, cause => Assert.Contains($"`{ProblemCauses.CodeOf(cause)}`", scenarios, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| `([a-z-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`Attention:([A-Za-z]+)`")]
    private static partial Regex Setting();
}
