using CsCheck;
using ExecutionDashboard.Hosting.Settings;

namespace ExecutionDashboard.Tests.Hosting.Settings;

public sealed class NearestNameTests
{
    private static readonly Gen<string> Names = Gen.String[Gen.Char['a', 'c'], 0, 5];

    [Theory]
    [InlineData("Ur", "Url")]
    [InlineData("URI", "Url")]
    [InlineData("Lru", null)]
    [InlineData("PolInterval", "PollInterval")]
    [InlineData("PlolIntervla", "PollInterval")]
    [InlineData("TokenURL", "TokenUrl")]
    [InlineData("Interval", null)]
    [InlineData("Logging", null)]
    public void Of_Misspelling_IsTheNearNameIfAny(string text, string? expected) => Assert.Equal(expected, NearestName.Of(text, ["Url", "Token", "TokenUrl", "PollInterval", "SweepInterval"]));

    [Fact]
    public void Distance_AnyTexts_IsThatOfTheRulesOneByOne() => Gen.Select(Names, Names).Sample((one, other) =>
        NearestName.Distance(one, other) == Slow(one, other) && NearestName.Distance(one, other) == NearestName.Distance(other.ToUpperInvariant(), one), iter: 300);

    private static int Slow(string a, string b) =>
        a.Length == 0 || b.Length == 0 ? a.Length + b.Length
        : new[]
        {
            Slow(a[1..], b) + 1, Slow(a, b[1..]) + 1, Slow(a[1..], b[1..]) + (a[0] == b[0] ? 0 : 1),
            a.Length > 1 && b.Length > 1 && a[0] == b[1] && a[1] == b[0] ? Slow(a[2..], b[2..]) + 1 : int.MaxValue,
        }.Min();
}
