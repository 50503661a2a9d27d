using ExecutionDashboard.Components.Pages.Nodes;
using ExecutionDashboard.Fleet.Nodes;

namespace ExecutionDashboard.Tests.Components.Pages.Nodes;

public sealed class NodeListUrlTests
{
    [Theory]
    [InlineData("nodes")]
    [InlineData("nodes?connection=lost&label=region%3Deu&sort=-cpu&set=abc&cols=name,cpu&view=map&color=version&mapjob=job%2F1&group=site")]
    [InlineData("nodes?group=-")]
    public void Address_RoundTrips(string address) => Assert.Equal(address, NodeListUrl.Parse(address).ToString());

    [Theory]
    [InlineData("nodes?view=globe&color=7&cols=colour&group&=x&set")]
    [InlineData("nodes")]
    [InlineData("nodes?&&&")]
    public void Parse_WhatMakesNoSense_IsTheUsualView(string address) =>
        Assert.Equal(new NodeListUrl(NodeQuery.All, NodeColumns.Default), NodeListUrl.Parse(address));

    [Fact]
    public void Sets_OfWholeLargeFleets_AreForgottenSooner()
    {
        var sets = new NodeSets();
        var names = Enumerable.Range(0, 5).Select(i => sets.Keep([.. Enumerable.Repeat($"n{i}", 300_000)])).ToArray();

        Assert.Equal([false, false, true, true, true], names.Select(n => sets.Find(n) is not null));
    }

    [Fact]
    public void Sets_AreKnownByTheirContent_AndTheOldestAreForgotten()
    {
        var sets = new NodeSets();
        var first = sets.Keep(["a", "b"]);
        Assert.Equal(first, sets.Keep(["a", "b"]));
        Assert.Equal(["a", "b"], sets.Find(first)!);
        var second = sets.Keep(["c"]);
        for (var i = 0; i < 199; i++)
        {
            sets.Keep([$"n{i}"]);
            // What is used is kept.
            Assert.NotNull(sets.Find(first));
        }
        Assert.Null(sets.Find(second));
        Assert.Null(sets.Find("never"));
    }
}
