using CsCheck;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Tests.Fleet.Specs;

/// <summary>null, [], {} and missing: told apart, or ignored and counted.</summary>
public sealed class EmptyMembersTests
{
    private static readonly string[] Empties = ["", "\"x\":null", "\"x\":[]", "\"x\":{}", "\"x\":{\"y\":null}"];

    [Theory]
    [InlineData("""{"a":1,"n":null}""", """{"a":1}""", 1)]
    [InlineData("""{"a":[],"b":null,"c":{}}""", """{"a":null}""", 3)]
    [InlineData("""{"c":{"x":1,"deep":{"n":null}}}""", """{"c":{"x":1}}""", 1)]
    [InlineData("""{"list":[{"name":"a","n":null},{"name":"b"}]}""", """{"list":[{"name":"a"},{"name":"b","n":[]}]}""", 2)]
    [InlineData("null", "{}", 1)]
    public void Of_OnlyEmptyMembersDiffer_IsNoDifferenceAndCounted(string before, string after, int ignored)
    {
        var counts = Compare(before, after, ignoreEmpty: true);
        Assert.Equal((0, ignored), (counts.Total, counts.Ignored));
        Assert.Equal((ignored, 0), (Compare(before, after, ignoreEmpty: false).Total, Compare(before, after, ignoreEmpty: false).Ignored));
    }

    [Theory]
    [InlineData("""{"a":0}""", """{}""")]
    [InlineData("""{"a":""}""", """{}""")]
    [InlineData("""{"a":false}""", """{"a":null}""")]
    [InlineData("""{"a":[null]}""", """{"a":[]}""")]
    [InlineData("""{"a":[1,null]}""", """{"a":[1]}""")]
    [InlineData("""{"a":{"b":0}}""", """{}""")]
    public void Of_SomethingIsThere_IsADifference(string before, string after)
    {
        var counts = Compare(before, after, ignoreEmpty: true);
        Assert.Equal((1, 0), (counts.Total, counts.Ignored));
    }

    [Fact]
    public void Of_EachEmptyAgainstEach_IsToldApartOrIgnored() => Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4]).Sample((one, other) =>
    {
        var (before, after) = ("{" + Empties[one] + "}", "{" + Empties[other] + "}");
        var (told, ignored) = (Compare(before, after, false), Compare(before, after, true));
        return told.Total == (one == other ? 0 : 1) && ignored.Total == 0 && ignored.Ignored == told.Total;
    }, iter: 100);

    private static SpecDifferenceCounts Compare(string before, string after, bool ignoreEmpty) => SpecComparison.Of(SpecValue.Parse(before)!, SpecValue.Parse(after)!, ignoreEmpty).Counts;
}
