using System.Reflection;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

public sealed class ClientRulesTests
{
    // 20 to 23 are about logins and discovery; 19 concerns transfers, of which only the number as a skill exists.
    private static readonly int[] OnSockets = [.. Enumerable.Range(1, 19), 24, 25, 26];

    [Fact]
    public void Every_rule_that_concerns_sockets_has_a_test()
    {
        var proven = typeof(ClientRulesTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<ClientRuleAttribute>())
            .Select(rule => rule.Number);

        Assert.Empty(OnSockets.Except(proven));
    }
}
