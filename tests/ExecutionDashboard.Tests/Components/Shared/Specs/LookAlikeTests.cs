using ExecutionDashboard.Components.Shared.Specs.Compare;

namespace ExecutionDashboard.Tests.Components.Shared.Specs;

public sealed class LookAlikeTests
{
    [Theory]
    [InlineData("caf\u00e9", "cafe\u0301", true)]
    [InlineData("\uac00", "\u1100\u1161", true)]
    [InlineData("ab\u200bc", "abc", true)]
    [InlineData("a\u00a0b", "a b", true)]
    [InlineData("a\ufe0f", "a", true)]
    [InlineData("\ufeffa", "a", true)]
    [InlineData("abc", "abc", false)]
    [InlineData("caf\u00e9", "cafe", false)]
    [InlineData("caf\u00e9", "caf\u00e9", false)]
    [InlineData("\ud83d", "\ud83d\u200b", true)]
    public void Are_TwoTexts_ComparesWhatIsSeen(string first, string second, bool alike) => Assert.Equal(alike, LookAlike.Are(first, second));
}
