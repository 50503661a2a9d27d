using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Tests.Components.Shared.Text;

public sealed class MaskedTests
{
    [Theory]
    [InlineData("password", "hunter2", SecretMask.Hidden)]
    [InlineData("region", "eu-west", "eu-west")]
    [InlineData("note", "see https://user:pass@host/x", "see https://" + SecretMask.Hidden + "@host/x")]
    [InlineData("exp_ak_1234567890abcdef", "value", "value")]
    [InlineData("odd \ud83d name", "value", "value")]
    [InlineData("", "value", "value")]
    public void Pair_NameAndValue_HidesWhatIsSecret(string name, string value, string shown) => Assert.Equal(shown, Masked.Pair(name, value));
}
