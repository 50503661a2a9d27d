using CsCheck;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Filters;

public sealed class FilterLanguageTests
{
    [Fact]
    public void Parse_OfAFilterAsWritten_IsTheSameFilter() => FilterGen.Filter.Sample(filter =>
    {
        var parsed = FilterParser.Parse(filter.ToString(), FilterVocabulary.Executions);
        Assert.Empty(parsed.Problems);
        Assert.Equal(filter, parsed.Filter);
        Assert.Equal(filter.ToString(), parsed.Filter.ToString());
    });

    [Fact]
    public void Url_OfAnyFilter_GivesTheSameQuery() => FilterGen.Filter.Sample(filter =>
    {
        var query = new ExecutionQuery { Filter = filter };
        Assert.Equal(query, ExecutionQuery.Parse(query.ToUrl()));
        Assert.Equal(query, ExecutionQuery.All.WithTerms(query.Terms));
    });

    [Fact]
    public void Parse_AnyText_MarksWhatItCannotReadAndKeepsIt() => FilterGen.Typed.Sample(text =>
    {
        var (filter, problems) = FilterParser.Parse(text, FilterVocabulary.Executions);
        foreach (var problem in problems)
        {
            Assert.Equal(problem.Text, text.Substring(problem.Start, problem.Text.Length));
            Assert.NotEmpty(problem.Reason);
            // Alone it is the same problem, so that an address can carry it.
            var again = FilterParser.Parse(problem.Text, FilterVocabulary.Executions);
            Assert.Equal(problem.Text, Assert.Single(again.Problems).Text);
            Assert.Empty(again.Filter);
        }
        var query = ExecutionQuery.All.WithTerms(text);
        Assert.Equal(filter, query.Filter);
        Assert.Equal(query, ExecutionQuery.Parse(query.ToUrl()));
        Assert.Equal(query, ExecutionQuery.All.WithTerms(query.Terms));
    });

    [Theory]
    [InlineData("state:Failed,complete", "state:failed,completed")]
    [InlineData("state:failed state:lost", "state:failed,lost")]
    [InlineData("-job:a -job:b", "-job:a,b")]
    [InlineData("refused disk refused", "refused disk")]
    [InlineData("\"connection refused\"", "\"connection refused\"")]
    [InlineData("for:10m", "for:>=10m")]
    [InlineData("-for:>90m", "for:<=1h30m")]
    [InlineData("no:message", "-has:message")]
    [InlineData("-no:error,message", "has:error,message")]
    [InlineData("version:v2..5", "version:<=5 version:>=2")]
    [InlineData("label:tier=edge,core", "label:\"tier in (edge,core)\"")]
    [InlineData("-label:tier=edge", "label:tier!=edge")]
    [InlineData("-label:tier", "label:!tier")]
    [InlineData("node:edge-*", "node:edge-*")]
    [InlineData("node:\"edge-*\"", "node:\"edge-*\"")]
    [InlineData("node:\"my edge\"*", "node:\"my edge\"*")]
    [InlineData("changed:1h", "changed:<=1h")]
    [InlineData("created:2026-05-01", "created:<2026-05-02T00:00:00Z created:>=2026-05-01T00:00:00Z")]
    [InlineData("created:2026-05-01T10:30..2026-05-01T12:00Z", "created:<2026-05-01T12:00:00Z created:>=2026-05-01T10:30:00Z")]
    [InlineData("created:>2026-05-01", "created:>=2026-05-02T00:00:00Z")]
    [InlineData("changed:>=2026-05-01T10:30+02:00", "changed:>=2026-05-01T08:30:00Z")]
    [InlineData("created:2026-05-01..", "created:>=2026-05-01T00:00:00Z")]
    [InlineData("message:a message:a,a", "message:a")]
    [InlineData("AGENT:<2.1.19 Is:CURRENT", "is:current agent:<2.1.19")]
    [InlineData("- a", "\"-\" a")]
    public void Parse_Terms_AreWrittenInOneWay(string typed, string written)
    {
        var parsed = FilterParser.Parse(typed, FilterVocabulary.Executions);
        Assert.Empty(parsed.Problems);
        Assert.Equal(written, parsed.Filter.ToString());
    }

    [Theory]
    [InlineData("stat:failed", 0, "stat:failed", "Executions have no filter 'stat'.")]
    [InlineData("a state: b", 2, "state:", "A value is missing after 'state:'.")]
    [InlineData("is:nice", 0, "is:nice", "'is' is one of current, replaced, drifting, unreachable.")]
    [InlineData("for:>soon x", 0, "for:>soon", "'for' is a length of time")]
    [InlineData("state:>failed", 0, "state:>failed", "'state' cannot be compared with < or >.")]
    [InlineData("version:two", 0, "version:two", "'two' is not a whole number.")]
    [InlineData("job:\"a b", 0, "job:\"a b", "A quotation mark is not closed.")]
    [InlineData("created:yesterday", 0, "created:yesterday", "A time is a length such as")]
    [InlineData("-created:2026-05-01", 0, "-created:2026-05-01", "A range cannot be excluded")]
    [InlineData("state:fail*", 0, "state:fail*", "'state' takes no *.")]
    [InlineData("label:(x", 0, "label:(x", "has a list")]
    public void Parse_WhatItCannotRead_IsMarkedWithTheReason(string typed, int start, string part, string reason)
    {
        var problem = Assert.Single(FilterParser.Parse(typed, FilterVocabulary.Executions).Problems);
        Assert.Equal((start, part), (problem.Start, problem.Text));
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state=failed&state=lost&node=", "state:failed,lost node:\"\"")]
    [InlineData("of=current&drift=no&job=j&version=2&q=a+b", "is:current -is:drifting job:j version:2 \"a b\"")]
    [InlineData("updated_from=2026-05-01T00:00:00Z&created_to=2026-05-02", "changed:>=2026-05-01T00:00:00Z created:<2026-05-02T00:00:00Z")]
    [InlineData("filter=-job:x+for:%3E10m&state=failed", "state:failed -job:x for:>10m")]
    [InlineData("version=abc&filter=stat:x", "version:abc stat:x")]
    public void Terms_OfAnAddress_SayWhatItFilters(string address, string terms) => Assert.Equal(terms, ExecutionQuery.Parse(address).Terms);

    [Theory]
    [InlineData("state:failed,lost is:current refused", "state=failed&state=lost&of=current&q=refused")]
    [InlineData("state:failed -job:foo for:>10m node:edge-*", "state=failed&filter=-job%3Afoo%20node%3Aedge-%2A%20for%3A%3E10m")]
    public void ToUrl_OfTerms_HasAKeyForWhatHadOneBefore(string terms, string address) => Assert.Equal(address, ExecutionQuery.All.WithTerms(terms).ToUrl());

    [Theory]
    [InlineData("2.1.9", "2.1.19", -1)]
    [InlineData("2.1.19-rc1", "2.1.19", -1)]
    [InlineData("2.1.19-rc2", "2.1.19-rc10", -1)]
    [InlineData("v2.1.19+build5", "2.1.19", 0)]
    [InlineData("2.1", "2.1.0", 0)]
    [InlineData("2.2", "2.1.99", 1)]
    public void AgentVersions_Compare_FollowsSemanticVersions(string a, string b, int order)
    {
        Assert.Equal(order, Math.Sign(AgentVersions.Compare(a, b)));
        Assert.Equal(-order, Math.Sign(AgentVersions.Compare(b, a)));
    }

    [Theory]
    [InlineData("edge-*", "EDGE-1", true)]
    [InlineData("*-1", "edge-1", true)]
    [InlineData("e*g*1", "edge-1", true)]
    [InlineData("e*g*1", "edge-2", false)]
    [InlineData(@"a\*b*", "a*bc", true)]
    [InlineData(@"a\*b*", "axbc", false)]
    [InlineData("*", "", true)]
    [InlineData("a*a", "a", false)]
    public void FilterValue_Pattern_MatchesWholeTexts(string pattern, string text, bool matches) => Assert.Equal(matches, new FilterValue(pattern, IsPattern: true).Matches(text));

    [Fact]
    public void Negated_OfALabelExpression_MatchesWhatItDoesNot() =>
        Gen.Select(Gen.Int[0, 5].Select(i => new[] { "t=a", "t!=a", "t in (a,b)", "t notin (a)", "t", "!t" }[i]), Gen.Int[0, 3].Select(i => new[] { null, "a", "b", "" }[i])).Sample((text, value) =>
        {
            Assert.True(LabelExpression.TryParse(text, out var expression, out _));
            Assert.True(LabelExpression.TryParse(expression.Negated, out var negated, out _));
            Assert.NotEqual(expression.Matches(_ => value), negated.Matches(_ => value));
        });
}
