using System.Text.RegularExpressions;
using ExecutionDashboard.Components.Shared.Keys;

namespace ExecutionDashboard.Tests.Docs;

/// <summary>The keys in docs/palette.md against those there are.</summary>
public sealed partial class KeyTableTests
{
    [Fact]
    public void Table_HasEachKeyWithWhatItDoes()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "palette.md"));
        var listed = Row().Matches(text[text.IndexOf("## Keys", StringComparison.Ordinal)..]).Select(row => (Keys: row.Groups[1].Value.Replace("`", "", StringComparison.Ordinal), Does: row.Groups[2].Value));

        Assert.Equal(KeyBindings.All.Select(binding => (binding.Keys, binding.Does)), listed);
    }

    [GeneratedRegex(@"^\| (`[^|]+`) \| ([^|]+) \| [^|]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
