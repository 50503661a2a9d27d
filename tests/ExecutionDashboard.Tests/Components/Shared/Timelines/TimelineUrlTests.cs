using ExecutionDashboard.Components.Pages.Timeline;
using ExecutionDashboard.Components.Shared.Timelines;

namespace ExecutionDashboard.Tests.Components.Shared.Timelines;

public sealed class TimelineUrlTests
{
    [Theory]
    [InlineData("eu")]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("~")]
    [InlineData("a,b")]
    [InlineData("50% + more & =#?/\\")]
    [InlineData("🙂 \"eu\" 'west'")]
    [InlineData("без региона без региона без региона")]
    public void Folded_AnyKey_SurvivesTheAddress_AndIsThatKeyAlone(string key)
    {
        foreach (var most in new[] { FoldedGroups.None, FoldedGroups.All })
        {
            var url = new TimelineUrl { Group = "label:region", Folded = most.Toggle("first").Toggle(key) };
            var read = TimelineUrl.Parse("/" + url);

            Assert.Equal(url, read);
            Assert.Equal(url.ToString(), read.ToString());
            Assert.Equal(most.IsNone, read.Folded.Contains(key));
            Assert.Equal(most.IsAll, read.Folded.Contains(key + "x"));
            Assert.Equal(most.IsAll, read.Folded.Contains("~~"));
            Assert.Equal(most, read.Folded.Toggle(key).Toggle("first"));
        }
    }

    [Fact]
    public void Folded_KeyOfManyLetters_IsShortInTheAddress()
    {
        var (one, other) = (new string('x', 5_000), new string('x', 5_001));
        var read = TimelineUrl.Parse(new TimelineUrl { Group = "label:region", Folded = FoldedGroups.None.Toggle(one) }.ToString());

        Assert.True(read.Folded.Contains(one));
        Assert.False(read.Folded.Contains(other));
        Assert.InRange(read.ToString().Length, 1, 100);
    }

    [Fact]
    public void Folded_FiveThousandGroupsOneByOne_StaysShort_AndGivesUpTheFirst()
    {
        var folded = FoldedGroups.None;
        for (var i = 0; i < 5_000; i++) folded = folded.Toggle($"rack {i} 🙂");
        var read = TimelineUrl.Parse(new TimelineUrl { Group = "label:rack", Folded = folded }.ToString());

        Assert.InRange(read.ToString().Length, 1, 2_000);
        Assert.True(read.Folded.IsFull);
        Assert.True(read.Folded.Contains("rack 4999 🙂"));
        Assert.False(read.Folded.Contains("rack 0 🙂"));
        Assert.Equal("label:rack", read.Group);
    }

    [Fact]
    public void Folded_WithoutGroups_IsNotInTheAddress()
    {
        Assert.DoesNotContain("folded", new TimelineUrl { Folded = FoldedGroups.All }.ToString(), StringComparison.Ordinal);
        Assert.True(TimelineUrl.Parse("timeline?last=60&folded=").Folded.IsNone);
        Assert.True(TimelineUrl.Parse("timeline?last=60&group=state&folded=*").Folded.IsAll);
        Assert.True(TimelineUrl.Parse("timeline?group=label:a&folded=%zz,,a%20b,a+b").Folded.Contains("a b"));
    }
}
