using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Store;

public class ExecutionQueryUrlTests
{
    private const string OddCharacters = "&=, %+?#/:-_é→\"'<\n";

    private static readonly Gen<char> Odd = Gen.Int[0, OddCharacters.Length - 1].Select(i => OddCharacters[i]);

    private static readonly Gen<string> OddText =
        Gen.String[Gen.OneOf(Gen.Char['a', 'f'], Odd), 0, 8];

    private static readonly Gen<ExecutionState> States =
        Gen.OneOf(Gen.Int[0, 9].Select(i => ExecutionState.All[i]), OddText.Select(ExecutionState.Parse));

    private static readonly Gen<DateTimeOffset?> Times =
        Gen.OneOf(Gen.Const((DateTimeOffset?)null), Gen.Long[0, DateTime.MaxValue.Ticks].Select(t => (DateTimeOffset?)new DateTimeOffset(t, TimeSpan.Zero)));

    private static readonly Gen<IReadOnlyList<string>> Names = OddText.List[0, 3].Select(l => (IReadOnlyList<string>)l);

    private static readonly Gen<ExecutionQuery> Queries =
        from lists in Gen.Select(States.List[0, 3], States.List[0, 2], Gen.Int.List[0, 3])
        from texts in Gen.Select(Names, Names, Names, Names)
        from more in Gen.Select(Names, Names, OddText, Gen.Int[0, 2].Select(i => new bool?[] { null, true, false }[i]))
        from times in Gen.Select(Times, Times, Times, Times)
        from order in Gen.Select(Gen.Enum<ExecutionSort>(), Gen.Bool)
        select new ExecutionQuery
        {
            States = lists.Item1, Desired = lists.Item2, Versions = lists.Item3,
            Jobs = texts.Item1, Nodes = texts.Item2, Deployments = texts.Item3, Namespaces = texts.Item4,
            Types = more.Item1, Labels = more.Item2, Text = more.Item3, Drift = more.Item4,
            CreatedFrom = times.Item1, CreatedTo = times.Item2, UpdatedFrom = times.Item3, UpdatedTo = times.Item4,
            Sort = order.Item1, Ascending = order.Item2,
        };

    [Fact]
    public void Parse_OfToUrl_GivesTheSameQuery() =>
        Queries.Sample(query => ExecutionQuery.Parse(query.ToUrl()).Equals(query) && ExecutionQuery.Parse("?" + query.ToUrl()).ToUrl() == query.ToUrl());

    [Fact]
    public void Parse_AnyText_NeverFails() =>
        Gen.String[Gen.OneOf(Gen.Char['a', 'z'], Odd), 0, 60].Sample(text => { ExecutionQuery.Parse(text); });

    [Theory]
    [InlineData("version=abc")]
    [InlineData("of=none")]
    [InlineData("drift=maybe")]
    [InlineData("created_from=yesterday")]
    [InlineData("updated_to=")]
    public void Parse_ValueThatCannotBeRead_IsKeptAndFiltersNothing(string address)
    {
        var query = ExecutionQuery.Parse(address);
        Assert.Equal(address, Assert.Single(query.NotUnderstood) is var pair ? $"{pair.Key}={pair.Value}" : "");
        Assert.True(query.IsUnfiltered);
        Assert.Equal(address, query.ToUrl());
    }

    [Fact]
    public void Parse_NodeValuesThatCannotBeRead_AreKeptAndFilterNothing()
    {
        var query = NodeQuery.Parse("load=much&job=j&version=new");
        Assert.Equal([new("load", "much"), new("version", "new")], query.NotUnderstood);
        Assert.Equal("job=j&load=much&version=new", query.ToUrl());
    }

    [Fact]
    public void ToUrl_OfAll_IsEmpty() => Assert.Equal("", ExecutionQuery.All.ToUrl());

    [Fact]
    public void Parse_AddressAsAPersonWritesIt_ReadsEveryPart()
    {
        var query = ExecutionQuery.Parse("?state=failed&state=complete&job=ingest&drift=yes&q=connection+refused&sort=-created&updated_from=2026-01-02T03:04:05Z");
        var expected = new ExecutionQuery
        {
            States = [ExecutionState.Of(KnownExecutionState.Failed), ExecutionState.Of(KnownExecutionState.Completed)], Jobs = ["ingest"], Drift = true,
            Text = "connection refused", Sort = ExecutionSort.Created, UpdatedFrom = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        };
        Assert.Equal(expected, query);
        Assert.Equal(expected.GetHashCode(), query.GetHashCode());
    }

    [Theory]
    [InlineData("version=x&created_from=yesterday&sort=colour&drift=maybe&colour=red&%zz=%")]
    [InlineData("&&&=&==")]
    public void Parse_WhatCannotBeRead_IsLeftOut(string text) => Assert.Equal(ExecutionQuery.All, ExecutionQuery.Parse(text) with { NotUnderstood = [] });

    [Fact]
    public void IsUnfiltered_SortAlone_IsTrue()
    {
        Assert.True(ExecutionQuery.Parse("sort=node").IsUnfiltered);
        Assert.False(ExecutionQuery.Parse("sort=node&node=a").IsUnfiltered);
    }
}
