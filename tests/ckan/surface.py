"""Every action, route and plugin hook of the portal on CKAN 2.11.6 and 2.12.0, each in one class.

``test_surface.py`` fails when one appears that is not here. What is GATED or WRITES is walked in
``matrix.py``, or says beside its name why not.
"""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.common import config

#: CKAN's own plugins that add to the surface of a portal.
OF_CKAN = (
    "activity audio_view datapusher datastore datatables_view image_view "
    "resource_proxy stats tabledesigner text_view tracking video_view webpage_view"
)


def _plugins() -> str:
    """Those of the configuration and CKAN's own, ours as near to the front or the end as it was."""
    configured = tk.aslist(config["ckan.plugins"])
    own = [name for name in OF_CKAN.split() if name not in configured]
    return " ".join([*configured, *own] if configured[0] == "rgpd" else [*own, *configured])


#: The plugins of the portal whose surface this is.
PLUGINS = _plugins()

GATED = "gives what a resource holds, or says it: the gate is asked"
CHARGE = "for those who may edit the dataset or organisation, or administer the portal"
WRITES = "brings content, rows, an address or text in: closed until read"
NAMES = "shows names of datasets, organisations, groups, tags or users, and counts; no resource"
ELSEWHERE = "not about resources"

ACTIONS = {
    GATED: """
        activity_data_show activity_diff activity_show current_package_list_with_resources
        dashboard_activity_list datastore_info datastore_search datastore_search_sql file_show
        group_activity_list group_package_show group_show organization_activity_list
        organization_show package_activity_list package_search package_show
        recently_changed_packages_activity_list resource_search resource_show resource_view_list
        resource_view_show rgpd_compliance_show rgpd_inventory_list task_status_show
        user_activity_list user_show
    """,
    CHARGE: """
        activity_create activity_delete activity_delete_all activity_delete_counts
        datapusher_status datastore_run_triggers file_delete file_owner_scan file_pin file_rename
        file_unpin job_cancel job_clear job_list job_show package_collaborator_list
        rgpd_anonymisation_show rgpd_anonymisation_update
        rgpd_declaration_update rgpd_decision_bulk_create rgpd_decision_create
        rgpd_examples_erase rgpd_judgement_list rgpd_judgement_revoke rgpd_questions_list
        rgpd_register_list rgpd_report_show rgpd_review_list rgpd_scan_request rgpd_status_show
        task_status_delete task_status_update task_status_update_many
    """,
    WRITES: """
        bulk_update_delete bulk_update_private bulk_update_public datapusher_hook
        datapusher_submit dataset_purge datastore_create datastore_delete
        datastore_function_create datastore_function_delete datastore_records_delete
        datastore_upsert file_create file_ownership_transfer file_register package_create
        package_delete package_owner_org_update package_patch package_resource_reorder
        package_revise package_update resource_create resource_delete resource_patch
        resource_update
    """,
    NAMES: """
        am_following_dataset am_following_group am_following_user dashboard_mark_activities_old
        dashboard_new_activities_count dataset_followee_count dataset_followee_list
        dataset_follower_count dataset_follower_list follow_dataset follow_group follow_user
        followee_count followee_list format_autocomplete group_autocomplete group_followee_count
        group_followee_list group_follower_count group_follower_list group_list group_list_authz
        license_list member_list member_roles_list organization_autocomplete
        organization_followee_count organization_followee_list organization_follower_count
        organization_follower_list organization_list organization_list_for_user
        package_autocomplete package_collaborator_list_for_user package_list
        package_relationships_list tag_autocomplete tag_list tag_search tag_show
        unfollow_dataset unfollow_group unfollow_user user_autocomplete user_followee_count
        user_followee_list user_follower_count user_follower_list user_list vocabulary_list
        vocabulary_show
    """,
    ELSEWHERE: """
        api_token_create api_token_list api_token_revoke config_option_list config_option_show
        config_option_update get_site_user group_create group_delete group_member_create
        group_member_delete group_patch group_purge group_update help_show member_create
        member_delete organization_create organization_delete organization_member_create
        organization_member_delete organization_patch organization_purge organization_update
        package_collaborator_create package_collaborator_delete
        package_create_default_resource_views package_relationship_create
        package_relationship_delete package_relationship_update
        resource_create_default_resource_views resource_view_clear resource_view_create
        resource_view_delete resource_view_reorder resource_view_update send_email_notifications
        status_show tag_create tag_delete term_translation_show term_translation_update
        term_translation_update_many user_create user_delete user_invite user_patch user_update
        vocabulary_create vocabulary_delete vocabulary_update
    """,
}

#: Flask endpoints. Those of resources stand twice in CKAN, once for each type of dataset.
ROUTES = {
    GATED: """
        activity.dashboard activity.group_activity activity.group_changes
        activity.group_changes_multiple activity.organization_activity
        activity.organization_changes activity.organization_changes_multiple
        activity.package_activity activity.package_changes activity.package_changes_multiple
        activity.package_history activity.resource_history activity.user_activity api.action
        dashboard.datasets dataset.read dataset.resources dataset.search
        dataset_resource.download dataset_resource.read dataset_resource.view
        datastore.api_info datastore.dump datatablesview.ajax datatablesview.filtered_download
        feeds.custom feeds.general feeds.group feeds.organization feeds.tag file.download
        file.public_download file.trusted_download group.read home.index organization.read
        resource.download resource.read resource.view resource_proxy.proxy_view rgpd.methods
        rgpd.methods_markdown rgpd.status static user.read
    """,
    CHARGE: """
        activity.admin_activities admin.trash datapusher.delete_datastore_table
        datapusher.resource_data dataset_resource.delete dataset_resource.edit_view
        dataset_resource.views group.bulk_process organization.bulk_process resource.delete
        resource.edit_view resource.views rgpd.anonymisation rgpd.anonymisation_save rgpd.case
        rgpd.decide rgpd.decide_like rgpd.declare rgpd.judgements rgpd.rescan rgpd.review
        rgpd.revoke tabledesigner.delete_rows
    """,
    WRITES: """
        dataset.delete dataset.edit dataset.new dataset_resource.edit dataset_resource.new
        datastore.dictionary resource.edit resource.new tabledesigner.add_row
        tabledesigner.edit_row tabledesigner.tabledesigner
    """,
    NAMES: """
        api.dataset_autocomplete api.format_autocomplete api.group_autocomplete
        api.organization_autocomplete api.tag_autocomplete api.user_autocomplete
        dashboard.groups dashboard.organizations dataset.follow dataset.followers
        dataset.groups dataset.unfollow group.about group.admins group.follow group.followers
        group.index group.manage_members group.member_dump group.members group.unfollow
        organization.about organization.admins organization.follow organization.followers
        organization.index organization.manage_members organization.member_dump
        organization.members organization.unfollow stats.index user.follow user.followers
        user.index user.read_groups user.read_organizations user.unfollow
    """,
    ELSEWHERE: """
        activity.dashboard_testing admin.config admin.index admin.reset_config api.get_api
        api.i18n_js_translations api.snippet group.delete group.edit group.member_delete
        group.member_new group.new home.about home.redirect_locale home.robots_txt
        organization.delete organization.edit organization.member_delete
        organization.member_new organization.new user.api_token_revoke user.api_tokens
        user.api_tokens_revoke user.delete user.edit user.logged_out_page user.login user.logout
        user.me user.perform_reset user.register user.request_reset user.sysadmin
        util.custom_form_fields util.internal_redirect util.primer webassets.index
    """,
}

OURS = "we stand there"
BEFORE_US = "another plugin could answer in our place, or past us: looked at when the portal starts"
BEHIND_US = "what a plugin does there, it does with what the gate let it have, or while writing"
LOOKS = "pages, forms, languages, users, start: nothing of a resource passes"

#: Hooks of CKAN's plugin interfaces: ``*`` stands for every method of an interface.
HOOKS = {
    OURS: """
        IActions.get_actions IAuthFunctions.get_auth_functions IBlueprint.get_blueprint
        IClick.get_commands IConfigDeclaration.declare_config_options IConfigurable.configure
        IConfigurer.update_config IFacets.* IPackageController.after_dataset_create
        IPackageController.after_dataset_search IPackageController.after_dataset_show
        IPackageController.after_dataset_update IPackageController.before_dataset_index
        ITemplateHelpers.get_helpers ITranslation.* IUploader.get_resource_uploader
        IValidators.get_validators
    """,
    BEFORE_US: """
        IUploader.get_uploader IFiles.files_file_allows IFiles.files_get_location_transformers
        IFiles.files_get_storage_adapters IFiles.files_owner_allows IMiddleware.*
        IPermissionLabels.*
    """,
    BEHIND_US: """
        IDatasetForm.* IDomainObjectModification.* IFeed.* INotifier.* IPackageController.create
        IPackageController.delete IPackageController.edit IPackageController.read
        IPackageController.after_dataset_delete IPackageController.before_dataset_search
        IPackageController.before_dataset_view IResourceController.* IResourceUrlChange.*
        IResourceView.* ISignal.*
    """,
    LOOKS: """
        IApiToken.* IAuthenticator.* IConfigurer.update_config_schema IForkObserver.*
        IGroupController.* IGroupForm.* IOrganizationController.* IPluginObserver.*
        ITagController.*
    """,
}
