using CsCheck;
using ExecutionDashboard.Fleet.Search;

namespace ExecutionDashboard.Tests.Fleet.Search;

/// <summary>How well a typed text matches a name.</summary>
public sealed class NameMatchTests
{
    private static readonly Gen<string> OddNames = Gen.OneOf(Gen.String["aBcS-_ 17.k{"], Gen.String["sSkKİıſKéEe-\uD801\uDC28\uD801\uDC00"], Gen.String).Select(text => text[..Math.Min(text.Length, 14)]);

    [Fact]
    public void Of_TextThatMatches_NeedsNoLetterThatTheNameLacks() => Gen.Select(OddNames, OddNames, Gen.Int[0, 14], Gen.Int[1, 6]).Sample((name, other, from, length) =>
    {
        string[] texts = [other, name[Math.Min(from, name.Length)..][..Math.Min(length, name.Length - Math.Min(from, name.Length))].ToUpperInvariant(), other.ToLowerInvariant()];
        foreach (var text in texts)
            if (NameMatch.Of(text, name) != MatchQuality.None) Assert.Equal(0UL, NameLetters.Needed(text) & ~NameLetters.Of(name));
    }, iter: 2_000);

    private static readonly Gen<string> Names = Gen.Char["abAB12-. "].Array[0, 12].Select(letters => new string(letters));

    [Theory]
    [InlineData("checkout", "checkout", MatchQuality.Whole)]
    [InlineData("CHECKOUT", "checkout", MatchQuality.Whole)]
    [InlineData("check", "checkout-api", MatchQuality.Start)]
    [InlineData("api", "checkout-api", MatchQuality.WordStart)]
    [InlineData("out", "checkout-api", MatchQuality.Inside)]
    [InlineData("007", "edge-10070", MatchQuality.Inside)]
    [InlineData("12", "edge12", MatchQuality.WordStart)]
    [InlineData("Shipper", "syslogShipper", MatchQuality.WordStart)]
    [InlineData("api", "rapid-api", MatchQuality.WordStart)]
    [InlineData("ed12", "edge-12", MatchQuality.Initials)]
    [InlineData("ca", "checkout-api", MatchQuality.Initials)]
    [InlineData("cpi", "checkout-api", MatchQuality.None)]
    [InlineData("edge-123", "edge-12", MatchQuality.None)]
    [InlineData("", "edge-12", MatchQuality.None)]
    public void Of_TextAndName_IsTheBestThatHolds(string sought, string name, MatchQuality quality) => Assert.Equal(quality, NameMatch.Of(sought, name));

    [Fact]
    public void Of_ContainedText_IsFoundAndRankedByItsBestPlace() => Gen.Select(Names, Names).Sample((sought, name) =>
    {
        var quality = NameMatch.Of(sought, name);
        Assert.Equal(sought.Length > 0 && name.Contains(sought, StringComparison.OrdinalIgnoreCase), quality > MatchQuality.Initials);
        Assert.Equal(sought.Length > 0 && name.StartsWith(sought, StringComparison.OrdinalIgnoreCase), quality >= MatchQuality.Start);
        Assert.Equal(sought.Length > 0 && name.Equals(sought, StringComparison.OrdinalIgnoreCase), quality == MatchQuality.Whole);
    }, iter: 2_000);

    [Fact]
    public void Of_OneLetterMore_FindsNothingNew() => Gen.Select(Names, Names, Gen.Char["ab12-"]).Sample((sought, name, letter) =>
        Assert.True(sought.Length == 0 || NameMatch.Of(sought + letter, name) == MatchQuality.None || NameMatch.Of(sought, name) != MatchQuality.None || sought.Length == 1), iter: 2_000);
}
