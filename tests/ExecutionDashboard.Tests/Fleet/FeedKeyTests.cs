using CsCheck;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Fleet;

public sealed class FeedKeyTests
{
    private static readonly Gen<string> Keys = Gen.String[Gen.Char['!', '~'], FeedKey.LeastLength, 80];

    [Fact]
    public void Matches_AnyTwoTexts_OnlyWhenTheyAreTheSame() => Gen.Select(Keys, Keys, Gen.Bool).Sample((key, other, same) =>
        FeedKey.Parse(key).Matches(same ? key : other) == (same || key == other));

    [Fact]
    public void Matches_PartOfTheKeyOrMore_IsNone() => Gen.Select(Keys, Gen.Int[1, 5]).Sample((key, n) =>
        !FeedKey.Parse(key).Matches(key[..^n]) && !FeedKey.Parse(key).Matches(key + new string('x', n)) && !FeedKey.Parse(key).Matches(""));

    [Fact]
    public void Parse_TextOfAFile_HasNoLineEnd() =>
        Assert.Equal("0123456789abcdef0123456789abcdef", FeedKey.Parse(" 0123456789abcdef0123456789abcdef\r\n").Value);

    [Theory]
    [InlineData("", "has 0 characters")]
    [InlineData("s3cr3t-but-short", "has 16 characters: it must have 32 or more")]
    [InlineData("0123456789abcdef 0123456789abcdef", "has a space")]
    [InlineData("0123456789abcdefé0123456789abcdef", "outside of ASCII")]
    public void Parse_NoKey_SaysWhyWithoutRepeatingIt(string text, string problem)
    {
        var refused = Assert.Throws<FormatException>(() => FeedKey.Parse(text));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        if (text.Length > 0) Assert.DoesNotContain(text, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_Twice_GivesTwoLongKeysThatNoTextShows()
    {
        var (one, other) = (FeedKey.Random(), FeedKey.Random());

        Assert.NotEqual(one.Value, other.Value);
        Assert.True(one.Value.Length >= FeedKey.LeastLength);
        Assert.DoesNotContain(one.Value, $"{one}", StringComparison.Ordinal);
    }
}
