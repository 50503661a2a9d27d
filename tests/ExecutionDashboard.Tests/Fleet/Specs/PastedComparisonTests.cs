using System.Text.Json;
using CsCheck;
using ExecutionDashboard.Components.Shared.Specs.Compare;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Tests.Fleet.Specs;

/// <summary>A text of the viewer's beside a spec of the server tells nothing of what is hidden in it.</summary>
public sealed class PastedComparisonTests
{
    private const string Held = """{"config":{"output":{"url":"postgres://app:s3cr3t@db/x","password":"hunter2","port":5432}},"env":[{"name":"DB_PASSWORD","value":"hunter2"},{"name":"ZONE","value":"eu"}],"retries":{"auth_token":12345}}""";

    [Fact]
    public void OfShown_RightAndWrongGuess_AreDrawnAlike() => Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 12], Gen.Int[0, 99999]).Sample((guess, number) =>
    {
        var wrong = Held.Replace("hunter2", guess, StringComparison.Ordinal).Replace("s3cr3t", guess, StringComparison.Ordinal).Replace("12345", number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(Drawn(Held, Held), Drawn(Held, wrong));
        Assert.Equal(Drawn(Held, Held), Drawn(wrong, Held));
    });

    [Fact]
    public void OfShown_GuessesInOneList_AreDrawnAlike()
    {
        // A hundred thousand guesses in one paste: entries are matched by content, which must not be the secret's.
        const string list = """{"headers":[["Authorization","Bearer s3cr3t-token-value"]],"keys":[{"password":"hunter2"}]}""";
        string Guessed(string word) => $$"""{"headers":[{{string.Join(',', Enumerable.Range(0, 20).Select(i => $"[\"Authorization\",\"Bearer {(i == 7 ? word : "guess-of-a-token-" + i)}\"]"))}}],"keys":[{{string.Join(',', Enumerable.Range(0, 20).Select(i => $"{{\"password\":\"{(i == 7 ? word : "guess" + i)}\"}}"))}}]}""";
        Assert.Equal(Drawn(list, Guessed("another-token-value")), Drawn(list, Guessed("s3cr3t-token-value")));
        Assert.Equal(Drawn(list, Guessed("hunter3")), Drawn(list, Guessed("hunter2")));
    }

    [Fact]
    public void OfShown_OnlySecretsDiffer_SaysThatTheyAreNotCompared()
    {
        var comparison = SpecComparison.OfShown(SpecValue.Parse(Held)!, SpecValue.Parse(Held)!);
        Assert.Equal((0, 4), (comparison.Counts.Total, comparison.Counts.NotCompared));
        var rows = CompareRows.Of(comparison, new HashSet<int>()).Where(r => r.Mark == CompareMark.Hidden).ToArray();
        Assert.Equal(["url: postgres://•••@db/x", "password: •••", "value: •••", "auth_token: •••"], rows.Select(r => r.Left!.Trim()));
        Assert.All(rows, row => Assert.Equal(("hidden, not compared", 0), (row.Note, row.Difference)));
    }

    [Fact]
    public void OfShown_WhatIsShownDiffers_IsTold()
    {
        var pasted = Held.Replace("5432", "5433", StringComparison.Ordinal).Replace("@db/x", "@db/y", StringComparison.Ordinal);
        var comparison = SpecComparison.OfShown(SpecValue.Parse(Held)!, SpecValue.Parse(pasted)!);
        Assert.Equal((2, 3), (comparison.Counts.Changed, comparison.Counts.NotCompared));
        Assert.Contains(CompareRows.Of(comparison, new HashSet<int>()), row => row is { Mark: CompareMark.Changed, Note: "what is hidden is not compared" });
    }

    [Fact]
    public void OfShown_NothingHidden_IsTheWholeComparison()
    {
        var comparison = SpecComparison.OfShown(SpecValue.Parse("""{"a":1,"b":[1,2]}""")!, SpecValue.Parse("""{"b":[1,2],"a":1.0}""")!);
        Assert.Equal(new SpecDifferenceCounts(0, 0, 0, 0), comparison.Counts);
    }

    private static string Drawn(string left, string right)
    {
        var comparison = SpecComparison.OfShown(SpecValue.Parse(left)!, SpecValue.Parse(right)!);
        return JsonSerializer.Serialize((object[])[comparison.Counts, .. CompareRows.Of(comparison, new HashSet<int>(), all: true)]);
    }
}
