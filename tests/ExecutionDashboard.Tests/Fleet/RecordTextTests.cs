using System.Reflection;
using System.Runtime.CompilerServices;
using ExecutionDashboard.Components.Pages.Jobs;
using ExecutionDashboard.Feed.Bulk;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Fleet;

public sealed class RecordTextTests
{
    /// <summary>A record's own text has all its properties in it: one that is worked out and of the same type would be written for ever.</summary>
    [Fact]
    public void ToString_OfARecordWithAPropertyOfItsOwnType_IsWrittenByHand() => Assert.Empty(
        from assembly in (Assembly[])[typeof(Job).Assembly, typeof(BulkStore).Assembly, typeof(JobQuery).Assembly]
        from type in assembly.GetTypes()
        where type.GetMethods().Any(m => m.Name == "<Clone>$") && type.GetMethod(nameof(ToString), [])!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.PropertyType.IsAssignableFrom(type) && property.PropertyType != typeof(object) && property.GetMethod is { } get && !get.IsDefined(typeof(CompilerGeneratedAttribute))
        select $"{type.Name}.{property.Name}");
}
