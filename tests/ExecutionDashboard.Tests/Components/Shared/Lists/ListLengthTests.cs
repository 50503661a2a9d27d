using ExecutionDashboard.Components.Shared.Lists;

namespace ExecutionDashboard.Tests.Components.Shared.Lists;

/// <summary>The number of rows in the address of a list.</summary>
public sealed class ListLengthTests
{
    [Theory]
    [InlineData("jobs", 50)]
    [InlineData("jobs?rows=100", 100)]
    [InlineData("jobs?q=a&rows=2", 50)]
    [InlineData("jobs?rows=-7", 50)]
    [InlineData("jobs?rows=999999999", 5_000)]
    [InlineData("jobs?rows=many", 50)]
    public void Of_AnyAddress_IsWithinBounds(string address, int rows) => Assert.Equal(rows, ListLength.Of(address, 50));

    [Theory]
    [InlineData("jobs", "jobs?rows=100")]
    [InlineData("jobs?q=a", "jobs?q=a&rows=100")]
    [InlineData("jobs?rows=50&q=a", "jobs?q=a&rows=100")]
    public void In_Address_HasTheNumberOnce(string address, string with)
    {
        Assert.Equal(with, ListLength.In(address, 100));
        Assert.Equal(ListLength.Without(address), ListLength.Without(with));
    }
}
