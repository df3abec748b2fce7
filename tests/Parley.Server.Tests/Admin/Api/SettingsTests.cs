using System.Text.Json.Nodes;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Admin.Api;

public sealed class SettingsTests(MessagingServer server)
{
    [Fact]
    public async Task Settings_are_read_with_the_values_that_hold()
    {
        var admin = await AdminDesk.OpenAsync(server);
        await admin.DoAsync("PATCH", "settings", """{"limits":{"textCharacters":4000}}""");
        var settings = await (await admin.AsAsync(AgentRole.Manager)).GetAsync("settings");

        Assert.Equal(
            (72, true, admin.Account, 4000, 500, "Break"),
            ((int)settings["ringSeconds"]!, (bool)settings["fileSharing"]!, (string?)settings["brandName"], (int)settings["limits"]!["textCharacters"]!,
                (int)settings["limits"]!["agentBurst"]!, (string?)settings["statusReasons"]![0]!["text"]));
        Assert.Null(server.Server.Identity.Accounts.Find(admin.Account)!.Settings.StatusReasons);
    }

    [Fact]
    public async Task Settings_change_by_name_all_or_none_and_null_gives_the_default_back()
    {
        var admin = await AdminDesk.OpenAsync(server);
        var changed = await admin.DoAsync(
            "PATCH", "settings",
            """{"ringSeconds":30,"brandName":"Shoes & Co","returnWhenGone":true,"limits.frameBytes":2000,"statusReasons":[{"id":"7","text":"Yoga","state":"AWAY"}],"fileTypes":"PNG PDF"}""");
        Assert.Equal(
            (30, "Shoes & Co", true, 2000, "Yoga", "PNG PDF"),
            ((int)changed["ringSeconds"]!, (string?)changed["brandName"], (bool)changed["returnWhenGone"]!, (int)changed["limits"]!["frameBytes"]!,
                (string?)changed["statusReasons"]![0]!["text"], (string?)changed["fileTypes"]));

        await admin.RefusedAsync(400, "ttrUrgentSeconds", "PATCH", "settings", """{"ringSeconds":40,"ttrUrgentSeconds":0}""");
        Assert.True(JsonNode.DeepEquals(changed, await admin.GetAsync("settings")));
        var back = await admin.DoAsync("PATCH", "settings", """{"ringSeconds":null,"statusReasons":null}""");
        Assert.Equal((72, "Break", true), ((int)back["ringSeconds"]!, (string?)back["statusReasons"]![0]!["text"], (bool)back["returnWhenGone"]!));
    }

    [Theory]
    [InlineData("[]", "JSON object")]
    [InlineData("""{"nothing":1}""", "no setting nothing")]
    [InlineData("""{"limits":5}""", "no setting limits")]
    [InlineData("""{"limits":{"nothing":5}}""", "no setting limits.nothing")]
    [InlineData("""{"ringSeconds":"30"}""", "ringSeconds does not take")]
    [InlineData("""{"ringSeconds":[30]}""", "ringSeconds does not take")]
    [InlineData("""{"ringSeconds":1.5}""", "ringSeconds does not take")]
    [InlineData("""{"ringSeconds":0}""", "1 or more")]
    [InlineData("""{"brandName":5}""", "brandName does not take")]
    [InlineData("""{"brandName":"\ud800"}""", "JSON object")]
    [InlineData("""{"fileSharing":"no"}""", "fileSharing does not take")]
    [InlineData("""{"brandLogoUrl":"logo.png"}""", "https")]
    [InlineData("""{"idleSlotPercent":101}""", "1 to 100")]
    [InlineData("""{"statusReasons":[null]}""", "statusReasons")]
    [InlineData("""{"surveys":{"*":null}}""", "name an agent")]
    public async Task What_makes_no_sense_is_refused_in_words(string body, string words)
    {
        var admin = await AdminDesk.OpenAsync(server);
        await admin.RefusedAsync(400, words, "PATCH", "settings", body);
        Assert.Equal(72, (int)(await admin.GetAsync("settings"))["ringSeconds"]!);
    }
}
