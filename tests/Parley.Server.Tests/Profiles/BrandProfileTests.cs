using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Profiles;

public sealed class BrandProfileTests(MessagingServer server)
{
    [Theory]
    [InlineData("brandprofile.GetBrandProfile")]
    [InlineData(".ams.brandprofile.GetBrandProfile")]
    public async Task An_agent_reads_what_the_account_shows_of_itself(string type)
    {
        var account = await server.NewAccountAsync(new AccountSettings
        {
            BrandName = "Example", BrandDescription = "Shoes", BrandLogoUrl = "https://example.test/logo.png", TtrNormalSeconds = 100, TtrUrgentSeconds = 20, TtrPrioritizedSeconds = 30,
        });
        var agents = server.Server.Identity.Agents;
        var one = await agents.AddAsync(new NewAgent(account, "one", AgentRole.Agent, "none", ["sales", "support"]));
        await using var agent = await server.AgentAsync(account);

        var answer = await agent.DoAsync(type);

        Assert.Equal(".ams.brandprofile.GetBrandProfile$Response", answer.Type);
        var brand = answer.Body!;
        Assert.Equal((account, "Example", "Shoes", "https://example.test/logo.png", ""), ((string?)brand["brandId"], (string?)brand["name"], (string?)brand["description"], (string?)brand["logoImg"], (string?)brand["category"]));
        Assert.Equal(one.SkillIds, brand["SkillIds"]!.AsArray().Select(id => (string)id!));
        Assert.Equal("""{"CUSTOM":100,"NORMAL":100,"PRIORITIZED":30,"URGENT":20}""", brand["defaultTTRs"]!.ToJsonString());
        Assert.True((long)brand["dateJoined"]! > 0 && (long)brand["lastUpdated"]! >= (long)brand["dateJoined"]!);
    }

    [Fact]
    public async Task A_brand_without_a_name_has_its_accounts()
    {
        var account = await server.NewAccountAsync();
        await using var agent = await server.AgentAsync(account);

        Assert.Equal(account, (string?)(await agent.DoAsync(".ams.brandprofile.GetBrandProfile")).Body!["name"]);
    }

    [Fact]
    public async Task It_is_for_agents()
    {
        await using var consumer = await server.ConsumerAsync("demo");
        await using var stranger = await server.StrangerAsync("demo");

        Assert.Equal(401, (await consumer.RequestAsync("brandprofile.GetBrandProfile")).Code);
        Assert.Equal(401, (await stranger.RequestAsync("brandprofile.GetBrandProfile")).Code);
    }
}
