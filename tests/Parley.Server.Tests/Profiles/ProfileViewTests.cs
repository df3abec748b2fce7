using System.Text.Json.Nodes;
using Parley.Server.Profiles;

namespace Parley.Server.Tests.Profiles;

/// <summary>Consumers for whom an identity provider vouches.</summary>
public sealed class ProfileViewTests
{
    private static JsonObject Claims => JsonNode.Parse(
        """{"iss":"https://id.example.test","acr":"loa2","given_name":"Ada","family_name":7,"email":"ada@example.test","lp_sdes":[{"type":"ctmrinfo","info":{"customerId":"K-17"}}]}""")!.AsObject();

    [Fact]
    public void What_is_vouched_for_is_shown_as_such_and_fills_what_he_did_not_say()
    {
        var view = ProfileView.OfConsumer("c", new JsonObject { ["privateData"] = new JsonObject { ["mail"] = "own@example.test" } }, Claims, isOwn: true);

        Assert.Equal(("Ada", "own@example.test", "loa2"), ((string?)view["firstName"], (string?)view["privateData"]!["mail"], (string?)view["acr"]));
        Assert.True(JsonNode.DeepEquals(Claims, view["claims"]));
    }

    [Fact]
    public void Claims_without_elements_still_have_a_list_and_a_class()
    {
        var view = ProfileView.OfConsumer("c", null, new JsonObject { ["iss"] = "i" }, isOwn: false);

        Assert.Equal(("0", "[]"), ((string?)view["acr"], view["claims"]!["lp_sdes"]!.ToJsonString()));
    }

    [Fact]
    public void In_the_array_form_each_element_names_who_vouches()
    {
        var said = JsonNode.Parse("""{"authenticatedData":{"lp_sdes":[{"type":"lead"}]}}""")!.AsObject();

        var sdes = ProfileView.ToSdes(ProfileView.OfConsumer("c", said, Claims, isOwn: false));

        Assert.Equal(
            """[{"type":"ctmrinfo","info":{"customerId":"K-17"},"acr":"loa2","iss":"https://id.example.test"},{"type":"lead","auth":{}},{"type":"personal","personal":{"firstname":"Ada","contacts":[{"email":"ada@example.test","phone":""}]}}]""",
            sdes.ToJsonString());
    }
}
