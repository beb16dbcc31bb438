"""Every action and route that the neighbours add, each in one class, as in ``tests.ckan.surface``.

Doors that the matrix opens for each content, state and reader are ``OF_NEIGHBOURS`` in
``matrix.py``; of the other gated ones, ``TOLD`` says which story goes through them.
"""

from __future__ import annotations

from tests.ckan.surface import CHARGE, ELSEWHERE, GATED, NAMES, WRITES

ACTIONS = {
    GATED: """
        dcat_catalog_search dcat_catalog_show dcat_dataset_show dcat_datasets_list
        harvest_object_show resource_validation_show
    """,
    CHARGE: """
        get_mail_extra_vars harvest_abort_failed_jobs harvest_get_notifications_recipients
        harvest_job_abort harvest_job_create harvest_job_create_all harvest_job_list
        harvest_job_report harvest_job_show harvest_jobs_run harvest_log_list
        harvest_send_job_to_gather_queue harvest_source_clear harvest_source_create
        harvest_source_delete harvest_source_index_clear harvest_source_job_history_clear
        harvest_source_patch harvest_source_reindex harvest_source_update
        harvest_sources_clear harvest_sources_job_history_clear harvest_sources_reindex
        prepare_error_mail prepare_summary_mail resource_validation_delete resource_validation_run
        resource_validation_run_batch send_error_email send_mail send_summary_email xloader_status
        xloader_submit
    """,
    WRITES: """
        harvest_object_create harvest_objects_import xloader_hook
    """,
    NAMES: """
        harvest_object_list harvest_source_list harvest_source_show harvest_source_show_status
    """,
    ELSEWHERE: """
        InactiveSource auth_allow_anonymous_access harvesters_info_show
        scheming_dataset_schema_list scheming_dataset_schema_show
    """,
}

#: A harvest source is a dataset of a type of its own, and each type has all of CKAN's addresses.
ROUTES = {
    GATED: """
        croissant.read_dataset_croissant dcat.read_catalog dcat.read_dataset
        dcat.read_dataset_series dcat_json_interface.dcat_json harvest.read harvest.resources
        harvest.search harvest_resource.download harvest_resource.read harvest_resource.view
        harvester.object_show validation.read
    """,
    CHARGE: """
        harvest_resource.delete harvest_resource.edit_view harvest_resource.views
        harvester.admin harvester.clear harvester.delete harvester.job_abort harvester.job_list
        harvester.job_show harvester.job_show_last harvester.refresh
        xloader.delete_datastore_table xloader.resource_data
    """,
    WRITES: "harvest.delete harvest.edit harvest.new harvest_resource.edit harvest_resource.new",
    NAMES: "harvest.follow harvest.followers harvest.groups harvest.unfollow harvester.about",
}

#: Where the gated ones are gone through that are no door of the matrix.
TOLD = {
    "dcat.read_dataset_series": "a dataset's own description, which dcat.read_dataset gives too",
    "harvest_object_show": "test_harvest.py",
    "harvester.object_show": "test_harvest.py",
    "resource_validation_show": "test_validation.py",
    "validation.read": "test_validation.py",
}
