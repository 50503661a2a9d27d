using CsCheck;
using ExecutionDashboard.Components.Pages.ExecutionDetail;

namespace ExecutionDashboard.Tests.Components.Pages.Executions;

public sealed class ExecutionAddressTests
{
    [Theory]
    [InlineData("exec-1")]
    [InlineData("a/b/../c d?e#f%2f")]
    [InlineData("späße 🙂")]
    public void IdIn_OfAddress_IsTheSame(string id) => Assert.Equal(id, ExecutionView.IdIn(ExecutionView.Address(id) + "?tab=spec#top"));

    [Fact]
    public void IdIn_OfAnyAddress_IsTheSame() =>
        Gen.Char["abc/%2F?#&= .:"].Array[1, 20].Select(c => new string(c)).Sample(id => Assert.Equal(id, ExecutionView.IdIn(ExecutionView.Address(id))));

    [Theory]
    [InlineData("executions")]
    [InlineData("executions?open=a")]
    [InlineData("")]
    public void IdIn_AnotherAddress_IsNull(string address) => Assert.Null(ExecutionView.IdIn(address));
}
