using System.Net;
using CsCheck;
using ExecutionDashboard.Hosting.Limits;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Tests.Hosting.Limits;

public sealed class CircuitQuotaTests
{
    [Fact]
    public void Take_AnyOrderOfComingAndGoing_NeverMoreThanAllowedAndNobodyRefusedWithoutCause() =>
        Gen.Select(Gen.Int[0, 3], Gen.Bool).Array[0, 200].Sample(moves =>
        {
            const int each = 3, all = 7;
            var places = Places(each, all);
            var open = new int[4];
            foreach (var (client, comes) in moves)
            {
                var name = $"10.0.0.{client}";
                if (comes)
                {
                    var full = open[client] >= each || open.Sum() >= all;
                    Assert.Equal(full, places.Full(name) is not null);
                    Assert.Equal(full, places.Take(name) is not null);
                    if (!full) open[client]++;
                }
                else if (open[client] > 0)
                {
                    places.Leave(name);
                    open[client]--;
                }
            }
        });

    [Fact]
    public void Take_Full_NamesTheLimitThatWasMet()
    {
        var places = Places(each: 1, all: 2);
        Assert.Null(places.Take("a"));
        Assert.Equal("Limits:CircuitsPerAddress", places.Take("a")!.Setting);
        Assert.Null(places.Take("b"));
        Assert.Equal(("Limits:Circuits", "circuits"), (places.Take("c")!.Setting, places.Full("c")!.Name));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("::1", "::1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::9", "2001:db8:1:2::/64")]
    public void Of_Address_IsWhatOneClientHas(string address, string counted) => Assert.Equal(counted, ClientAddress.Of(IPAddress.Parse(address)));

    [Fact]
    public void Of_NoAddress_IsOneClient() => Assert.Equal("", ClientAddress.Of((IPAddress?)null));

    private static CircuitQuota Places(int each, int all) => new(Options.Create(new LimitsOptions { CircuitsPerAddress = each, Circuits = all }));
}
